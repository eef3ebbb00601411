/** An HTTP/2 service with prior knowledge (h2c), and a client for it. */
import { connect, createServer } from 'node:http2';
import type {
  ClientHttp2Session,
  IncomingHttpHeaders,
  OutgoingHttpHeaders,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

export interface Http2Service {
  readonly port: number;
  readonly sessions: ReadonlySet<ServerHttp2Session>;
  close(): Promise<void>;
}

export async function startHttp2Service(
  onStream: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
): Promise<Http2Service> {
  const server = createServer({ settings: { maxConcurrentStreams: 2000 }, maxSessionMemory: 1000 });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    onStream(stream, headers);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sessions,
    close: () => {
      for (const session of sessions) session.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

export interface Http2Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly trailers: IncomingHttpHeaders;
  /** The code that the stream ended with. */
  readonly code: number;
}

export interface Http2Client {
  readonly session: ClientHttp2Session;
  send(headers: OutgoingHttpHeaders, body?: Buffer | string): Promise<Http2Answer>;
  close(): void;
}

export function http2Client(port: number): Http2Client {
  const session = connect(`http://127.0.0.1:${port}`, { maxSessionMemory: 1000 });
  session.on('error', () => undefined);
  return {
    session,
    send: (headers, body) => send(session, headers, body),
    close: () => session.destroy(),
  };
}

function send(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  body: Buffer | string | undefined,
): Promise<Http2Answer> {
  return new Promise((resolve) => {
    const stream = session.request({ ':path': '/', ...headers }, { endStream: body === undefined });
    const chunks: Buffer[] = [];
    let head: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    stream.on('response', (given) => (head = given));
    stream.on('trailers', (given: IncomingHttpHeaders) => (trailers = given));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => undefined);
    stream.on('close', () => {
      const status = Number(head[':status'] ?? 0);
      const code = stream.rstCode ?? 0;
      resolve({ status, headers: head, body: Buffer.concat(chunks), trailers, code });
    });
    if (body !== undefined) stream.end(body);
  });
}
