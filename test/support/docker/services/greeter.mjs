// A service of bytes that speaks first, and then says everything back.
import net from 'node:net';

const { PORT = '9000', GREETING = 'welcome ' } = process.env;

net
  .createServer((socket) => {
    socket.write(GREETING);
    socket.on('error', () => {});
    socket.pipe(socket);
  })
  .listen(Number(PORT), '0.0.0.0');
process.on('SIGTERM', () => process.exit());
