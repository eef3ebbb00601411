/**
 * Requests as HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/): a page for each
 * request, an entry for each exchange of a caller. Pure. What HAR has no field for begins with an
 * underscore, as it asks.
 */
import type { KeptExchange, KeptMessage } from '../capture/kept-exchange.ts';
import type { HopView } from '../trace-view.ts';

export interface HarPage {
  readonly startedDateTime: string;
  readonly id: string;
  readonly title: string;
  readonly pageTimings: Record<string, never>;
}

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface HarMessage {
  readonly httpVersion: string;
  readonly cookies: readonly NameValue[];
  readonly headers: readonly NameValue[];
  /** -1: not known. */
  readonly headersSize: number;
  readonly bodySize: number;
  readonly comment?: string;
}

export interface HarRequest extends HarMessage {
  readonly method: string;
  readonly url: string;
  readonly queryString: readonly NameValue[];
  readonly postData?: {
    readonly mimeType: string;
    readonly text: string;
    readonly comment?: string;
  };
}

export interface HarResponse extends HarMessage {
  /** 0: there was none. */
  readonly status: number;
  readonly statusText: string;
  readonly content: {
    readonly size: number;
    readonly mimeType: string;
    readonly text?: string;
    readonly encoding?: 'base64';
    readonly comment?: string;
  };
  readonly redirectURL: string;
}

/** In milliseconds; -1: it does not apply. */
export interface HarTimings {
  readonly blocked: number;
  readonly dns: -1;
  /** With `ssl` in it. */
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

export interface HarEntry {
  readonly pageref: string;
  /** ISO 8601. */
  readonly startedDateTime: string;
  /** Milliseconds: all timings together. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Record<string, never>;
  readonly timings: HarTimings;
  readonly comment?: string;
  readonly _faultline: {
    readonly traceId: string;
    readonly spanId: string;
    readonly from: string;
    readonly to: string;
    readonly instance: string;
    readonly attempt: number;
    readonly failure: string;
    readonly faults: readonly string[];
    readonly flags: readonly string[];
    /** Milliseconds that a fault held it back: HAR has no place for it but `blocked`. */
    readonly injected: number;
  };
}

/** Of one request. @param start milliseconds since 1970 */
export function harPage(traceId: string, start: number, title: string): HarPage {
  const startedDateTime = new Date(start).toISOString();
  return { startedDateTime, id: traceId, title, pageTimings: {} };
}

/** @param exchange its messages, where they were captured */
export function harEntry(
  traceId: string,
  hop: HopView,
  exchange: KeptExchange | undefined,
): HarEntry {
  const timings = timingsOf(hop);
  const { blocked, connect, send, wait, receive } = timings;
  const time = [blocked, connect, send, wait, receive].reduce((sum, one) => sum + Math.max(0, one));
  return {
    pageref: traceId,
    startedDateTime: new Date(hop.start).toISOString(),
    time,
    request: requestOf(hop, exchange?.request),
    response: responseOf(hop, exchange?.response),
    cache: {},
    timings,
    ...(!exchange && { comment: 'Its heads and bodies were not captured.' }),
    _faultline: {
      traceId,
      spanId: hop.spanId,
      from: hop.source,
      to: hop.destination,
      instance: hop.destinationInstance,
      attempt: hop.attempt,
      failure: hop.failure,
      faults: hop.faults,
      flags: hop.flags,
      injected: hop.timing.injected,
    },
  };
}

/** What the proxy itself took, and what passing on the body did, is receiving to who waits. */
function timingsOf({ timing }: HopView): HarTimings {
  const { injected, queue, connect, tls, upstream, proxy } = timing;
  const isNew = connect + tls > 0;
  return {
    blocked: injected + queue,
    dns: -1,
    connect: isNew ? connect + tls : -1,
    ssl: tls > 0 ? tls : -1,
    send: 0,
    wait: upstream,
    receive: proxy,
  };
}

function requestOf(hop: HopView, request: KeptExchange['request'] | undefined): HarRequest {
  const path = request?.path ?? hop.path;
  const host = request && request.host !== '' ? request.host : hop.destination || 'gateway';
  const url = `http://${host}${path}`;
  return {
    method: hop.method,
    url,
    queryString: queryOf(path),
    ...messageOf(hop.protocol, hop.requestBytes, request),
    cookies: cookiesOf(request, 'cookie'),
    ...(request && request.body.length > 0 && { postData: postDataOf(request) }),
  };
}

function responseOf(hop: HopView, response: KeptExchange['response']): HarResponse {
  return {
    status: hop.status,
    statusText: hop.status === 0 ? hop.failure : '',
    ...messageOf(hop.protocol, hop.responseBytes, response),
    cookies: cookiesOf(response, 'set-cookie'),
    content: contentOf(hop.responseBytes, response),
    redirectURL: headerOf(response, 'location'),
  };
}

function messageOf(
  protocol: string,
  bytes: number,
  message: KeptMessage | undefined,
): Omit<HarMessage, 'cookies'> {
  const headers = (message?.headers ?? []).map(([name, value]) => ({ name, value }));
  const httpVersion = protocol === 'h2' ? 'HTTP/2' : protocol.toUpperCase();
  return { httpVersion, headers, headersSize: -1, bodySize: message?.bodyBytes ?? bytes };
}

function contentOf(bytes: number, message: KeptMessage | undefined): HarResponse['content'] {
  const mimeType = headerOf(message, 'content-type');
  if (!message) return { size: bytes, mimeType };
  const size = message.decoded === '' ? message.bodyBytes : message.body.length;
  const comment = message.lacks === '' ? {} : { comment: lackOf(message) };
  if (message.body.length === 0) return { size, mimeType, ...comment };
  return { size, mimeType, ...textOf(message.body), ...comment };
}

/** HAR 1.2 knows no base64 of what is posted: bytes that are no text are said to be such. */
function postDataOf(message: KeptMessage): NonNullable<HarRequest['postData']> {
  const mimeType = headerOf(message, 'content-type');
  const { text, encoding } = textOf(message.body);
  const comments = [
    ...(encoding ? ['The text is base64 of bytes that are no text.'] : []),
    ...(message.lacks === '' ? [] : [lackOf(message)]),
  ];
  return { mimeType, text, ...(comments.length > 0 && { comment: comments.join(' ') }) };
}

function lackOf({ lacks, body, bodyBytes }: KeptMessage): string {
  if (lacks === 'cut') return `Cut: ${body.length} of ${bodyBytes} bytes were kept.`;
  return lacks === 'cannot-be-masked'
    ? 'Not kept: it could not be decoded, so that its secrets could not be masked.'
    : 'Not kept: too much was captured at once.';
}

function textOf(body: Uint8Array): { text: string; encoding?: 'base64' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(body) };
  } catch {
    // No UTF-8: as bytes.
    return { text: Buffer.from(body).toString('base64'), encoding: 'base64' };
  }
}

function queryOf(path: string): NameValue[] {
  const at = path.indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : path.slice(at + 1));
  return [...query].map(([name, value]) => ({ name, value }));
}

function cookiesOf(message: KeptMessage | undefined, header: 'cookie' | 'set-cookie'): NameValue[] {
  const given = (message?.headers ?? []).filter(([name]) => name === header);
  return given.flatMap(([, value]) => {
    // Of an answer's cookie the attributes are not part of its value.
    const pairs = header === 'cookie' ? value.split(';') : value.split(';', 1);
    return pairs.flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [{ name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() }];
    });
  });
}

function headerOf(message: KeptMessage | undefined, wanted: string): string {
  return message?.headers.find(([name]) => name === wanted)?.[1] ?? '';
}
