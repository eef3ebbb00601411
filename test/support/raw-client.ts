/** A client that sends exactly the bytes it is told to, and collects what comes back. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface RawClient {
  readonly socket: Socket;
  /** Latin-1. */
  send(text: string): void;
  /** All that has come so far, Latin-1. */
  received(): string;
  /** The other side has closed or reset the connection. */
  closed(): boolean;
  close(): void;
}

export function rawClient(port: number): Promise<RawClient> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let received = '';
    let closed = false;
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('close', () => (closed = true));
    socket.once('error', reject);
    socket.once('connect', () => {
      // From here on a reset is a result, not a failure.
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve({
        socket,
        send: (text) => void socket.write(Buffer.from(text, 'latin1')),
        received: () => received,
        closed: () => closed,
        close: () => void socket.destroy(),
      });
    });
  });
}
