/** A service of raw TCP for tests. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface TcpService {
  readonly port: number;
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>;
  /** Connections that were ever accepted. */
  readonly accepted: () => number;
  close(): Promise<void>;
}

/** Half-open connections stay so until the handler ends them. */
export async function startTcpService(onSocket: (socket: Socket) => void): Promise<TcpService> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    accepted: () => accepted,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
