/** A service that writes down what reaches it, byte by byte, and answers whatever is a request. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Closable } from '../../../../src-main/base/disposable.ts';
import { readStrictly } from './strict-reader.ts';
import type { Forwarded } from './strict-reader.ts';

export interface Recorder extends Closable {
  readonly port: number;
  /** Complete requests in the order of their arrival. */
  readonly requests: readonly Forwarded[];
  /** What could not be read as a request, with the reason before it. */
  readonly malformed: readonly string[];
}

export async function startRecorder(): Promise<Recorder> {
  const requests: Forwarded[] = [];
  const malformed: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let text = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const read = readStrictly(text + chunk.toString('latin1'));
      text = read.rest;
      requests.push(...read.requests);
      for (const one of read.requests) socket.write(answerTo(one));
      if (read.malformed === undefined) return;
      malformed.push(`${read.malformed}\n${text}`);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    malformed,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

function answerTo({ line }: Forwarded): string {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';
  return line.startsWith('HEAD ') ? head : `${head}ok`;
}
