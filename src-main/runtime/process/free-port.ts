/** Ports for programs that must be told theirs. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * A port that nobody listens on. Between this and the program's own `listen` another program may
 * take it: then the program fails to start, says so, and is started again.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
