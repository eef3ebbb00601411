/** A process that sends back what it gets; where that begins as an upgrade, it agrees first. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

/** RFC 6455 §1.3. */
function agreed(request: string): string {
  const key = /^sec-websocket-key: *(\S+)/im.exec(request)?.[1] ?? '';
  const accept = createHash('sha1')
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  return `HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.once('data', (first) => {
    const text = first.toString('latin1');
    socket.write(text.startsWith('GET ') ? agreed(text) : first);
    socket.on('data', (chunk) => socket.write(chunk));
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
