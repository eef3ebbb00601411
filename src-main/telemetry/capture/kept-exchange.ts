/** A captured exchange as it is kept and shown. */
import type { CapturedExchange, CapturedMessage } from '../../proxy/capture/captured.ts';
import { decodeBody } from './decode.ts';
import { maskHeader, maskPath, maskText } from './mask.ts';

export interface KeptMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Decoded where that could be done. */
  readonly body: Uint8Array;
  /** Why there is less of the body than there was; empty: all of it is there. */
  readonly lacks: '' | 'cut' | 'too-much-at-once' | 'cannot-be-masked';
  /** Of the whole body, as it was sent. */
  readonly bodyBytes: number;
  /** The content coding that was undone, or empty. */
  readonly decoded: string;
  readonly trailers: readonly string[];
}

export interface KeptExchange {
  readonly capture: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly isFinal: boolean;
  /** Secrets cannot be read any more. */
  readonly masked: boolean;
  readonly request: KeptMessage & {
    readonly method: string;
    readonly path: string;
    readonly host: string;
    readonly protocol: string;
  };
  readonly response: (KeptMessage & { readonly status: number }) | undefined;
}

/** @param masked secrets are made unreadable before anything is kept */
export async function keep(exchange: CapturedExchange, masked: boolean): Promise<KeptExchange> {
  const { capture, traceId, spanId, isFinal, isBodiless, request, response } = exchange;
  const kept: KeptExchange = {
    capture,
    traceId,
    spanId,
    isFinal,
    masked: false,
    request: { ...request, ...(await keepMessage(request, isBodiless, masked)) },
    response: response && { ...response, ...(await keepMessage(response, isBodiless, masked)) },
  };
  return masked ? maskExchange(kept) : kept;
}

/** The same exchange, with its secrets unreadable. */
export function maskExchange(exchange: KeptExchange): KeptExchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    masked: true,
    request: { ...request, ...maskMessage(request), path: maskPath(request.path) },
    response: response && { ...response, ...maskMessage(response) },
  };
}

async function keepMessage(
  message: CapturedMessage,
  isBodiless: boolean,
  masked: boolean,
): Promise<KeptMessage> {
  const { headers, body, bodyBytes, trailers } = message;
  const coding = headerOf(headers, 'content-encoding');
  const decoded = await decodeBody(body, coding);
  const base = { headers, bodyBytes, trailers, decoded: decoded && decoded !== body ? coding : '' };
  // What is inside of it may be a secret, and nobody can look.
  if (!decoded && masked) return { ...base, body: new Uint8Array(0), lacks: 'cannot-be-masked' };
  const isCut = body.length < bodyBytes;
  const lacks = isCut ? (isBodiless ? 'too-much-at-once' : 'cut') : '';
  return { ...base, body: decoded ?? body, lacks };
}

function maskMessage({ headers, body, trailers }: KeptMessage): Partial<KeptMessage> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const type = headerOf(headers, 'content-type');
  // Byte by byte, so that what is no text stays as it is.
  const masked = maskText(text.toString('latin1'), type);
  return {
    headers: headers.map(maskHeader),
    body: Buffer.from(masked, 'latin1'),
    trailers: maskTrailers(trailers),
  };
}

function maskTrailers(trailers: readonly string[]): string[] {
  return trailers.map((text, i) =>
    i % 2 === 0 ? text : maskHeader([trailers[i - 1] ?? '', text])[1],
  );
}

export function headerOf(headers: readonly (readonly [string, string])[], wanted: string): string {
  return headers.find(([name]) => name === wanted)?.[1] ?? '';
}
