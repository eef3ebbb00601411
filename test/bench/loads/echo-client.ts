/**
 * A process: connections that each send a message, wait until it has come back, and send the next.
 * Arguments: port, connections, seconds, `websocket` or `tcp`. Writes a Measured as JSON.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { quantile } from './measured.ts';

const [port = 0, connections = 0, seconds = 0] = process.argv.slice(2, 5).map(Number);
const isWebSocket = process.argv[5] === 'websocket';
const MESSAGE = 128;
const PAYLOAD = MESSAGE - 6;
const UPGRADE =
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

const times: number[] = [];
let isOver = false;

/** A masked binary frame of WebSocket (RFC 6455 §5.2), which to TCP is bytes like any other. */
function message(): Buffer {
  return Buffer.concat([Buffer.from([0x82, 0x80 | PAYLOAD]), randomBytes(MESSAGE - 2)]);
}

function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const bytes = message();
    let missing = 0;
    let since = 0;
    let head = isWebSocket ? '' : undefined;
    const send = (): void => {
      if (isOver) return void socket.destroy();
      missing = MESSAGE;
      since = performance.now();
      socket.write(bytes);
    };
    socket.on('connect', () => (isWebSocket ? void socket.write(UPGRADE) : send()));
    socket.on('data', (chunk) => {
      if (head !== undefined) {
        head += chunk.toString('latin1');
        if (!head.startsWith('HTTP/1.1 101'.slice(0, head.length)))
          return void socket.destroy(new Error(head));
        if (!head.endsWith('\r\n\r\n')) return;
        head = undefined;
        return send();
      }
      missing -= chunk.length;
      if (missing > 0) return;
      if (missing < 0) return void socket.destroy(new Error('more came back than was sent'));
      times.push(performance.now() - since);
      send();
    });
    socket.on('error', reject);
    socket.on('close', () => (isOver ? resolve() : reject(new Error('the connection was closed'))));
  });
}

setTimeout(() => (isOver = true), seconds * 1000);
await Promise.all(Array.from({ length: connections }, run));
const sorted = times.toSorted((a, b) => a - b);
const measured = {
  throughput: sorted.length / seconds,
  p50: quantile(sorted, 0.5),
  p99: quantile(sorted, 0.99),
  requests: sorted.length,
};
process.stdout.write(JSON.stringify(measured));
