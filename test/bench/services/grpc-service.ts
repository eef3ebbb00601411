/** A process that answers every unary call of gRPC with the message that it got. */
import { createServer } from 'node:http2';

const HEAD = { ':status': 200, 'content-type': 'application/grpc' };
const TRAILERS = { 'grpc-status': '0' };

createServer()
  .on('stream', (stream) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      // The load ends in the middle of some calls.
      if (stream.destroyed) return;
      stream.respond(HEAD, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers(TRAILERS));
      stream.end(Buffer.concat(chunks));
    });
  })
  .on('session', (session) => session.on('error', () => undefined))
  .listen(Number(process.argv[2]), '127.0.0.1');
