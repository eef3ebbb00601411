/** What a request that is sent again carries, and what came back. Pure. */
import type { CapturedMessage } from '../../proxy/capture/captured.ts';
import type { Bytes } from '../../base/units.ts';
import { RESERVED_HEADERS } from '../../spec/policies/headers.ts';

/** Where and what; the trace is ours, so that what comes of it is found. */
export interface Outgoing {
  /** On loopback. */
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly traceparent: string;
}

export interface Answer extends CapturedMessage {
  readonly status: number;
}

/** Of an answer's body that much is kept. */
export const MOST_KEPT: Bytes = 1024 * 1024;
/** How long an answer may take, in milliseconds; above what any default of a proxy is. */
export const PATIENCE = 60_000;

/**
 * What frames a message is written anew. The trace and the request's id are those of the first time:
 * with them two requests would look like one.
 */
const LEFT_OUT = new Set([...RESERVED_HEADERS, 'traceparent', 'tracestate', 'x-request-id']);

/** All that goes out, but for what belongs to the protocol: with our own trace and the body's length. */
export function outgoingHeaders({
  headers,
  body,
  method,
  traceparent,
}: Outgoing): [name: string, value: string][] {
  const kept = headers
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !LEFT_OUT.has(name) && !name.startsWith(':'));
  // RFC 9110 §8.6: a method that gives its content a meaning says that there is none.
  const says = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method);
  const length: [string, string][] = says ? [['content-length', String(body.length)]] : [];
  return [...kept, ...length, ['traceparent', traceparent]];
}

/** Where it claims to go; the loopback address where it claims nothing. */
export function hostOf({ headers, port }: Outgoing): string {
  const found = headers.find(([name]) => name.toLowerCase() === 'host');
  return found?.[1] ?? `127.0.0.1:${port}`;
}

/** `[name, value, name, value, …]` as pairs. */
export function pairsOf(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    pairs.push([(flat[i] as string).toLowerCase(), flat[i + 1] as string]);
  }
  return pairs;
}
