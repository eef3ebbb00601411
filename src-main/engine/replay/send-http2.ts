import { connect } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { KeptBody } from '../../proxy/capture/kept-body.ts';
import { hostOf, MOST_KEPT, outgoingHeaders, PATIENCE } from './outgoing.ts';
import type { Answer, Outgoing } from './outgoing.ts';

/** With prior knowledge (RFC 9113 §3.3), as gRPC's clients do. @throws Error where no whole answer comes */
export async function sendHttp2(outgoing: Outgoing): Promise<Answer> {
  const session = connect(`http://127.0.0.1:${outgoing.port}`);
  try {
    return await ask(session, outgoing);
  } finally {
    session.destroy();
  }
}

function ask(session: ClientHttp2Session, outgoing: Outgoing): Promise<Answer> {
  return new Promise((resolve, reject) => {
    session.on('error', reject);
    const { method, path, body } = outgoing;
    const head = {
      ':method': method,
      ':path': path,
      ':authority': hostOf(outgoing),
      ...valuesByName(outgoingHeaders(outgoing)),
      te: 'trailers',
    };
    const stream = session.request(head, { endStream: body.length === 0 });
    stream.setTimeout(PATIENCE, () =>
      stream.destroy(new Error(`nothing came for ${PATIENCE / 1000} seconds`)),
    );
    stream.on('error', reject);
    listen(stream, resolve);
    stream.on('close', () => reject(new Error('the connection ended before the answer did')));
    if (body.length > 0) stream.end(body);
  });
}

function listen(stream: ClientHttp2Stream, resolve: (answer: Answer) => void): void {
  const kept = new KeptBody(MOST_KEPT);
  let head: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders = {};
  stream.on('response', (headers) => void (head = headers));
  stream.on('trailers', (headers: IncomingHttpHeaders) => void (trailers = headers));
  stream.on('data', (chunk: Buffer) => kept.push(chunk));
  stream.on('end', () => {
    resolve({
      status: Number(head[':status'] ?? 0),
      headers: pairs(head),
      body: kept.bytes(),
      bodyBytes: kept.length,
      trailers: pairs(trailers).flat(),
    });
  });
}

/** Node wants several of one name as a list. */
function valuesByName(headers: readonly (readonly [string, string])[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of headers) (values[name] ??= []).push(value);
  return values;
}

function pairs(headers: IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (name.startsWith(':') || value === undefined) return [];
    const values: string[] = [value].flat();
    return values.map((one) => [name, one]);
  });
}
