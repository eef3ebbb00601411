/**
 * Keeps the messages of one exchange, beside it: what comes of the request's body, and what goes to
 * the caller. Each try's hop has its own record.
 */
import type { Bytes } from '../../base/units.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { RequestBody } from '../exchange/request-body.ts';
import type { Downstream, LocalAnswer } from '../exchange/streams.ts';
import { isSuperseded } from '../hop.ts';
import type { Hop } from '../hop.ts';
import type { CaptureBuffer } from './capture-buffer.ts';
import type { CaptureRule } from './capture-rule.ts';
import type { RequestView } from '../router/match.ts';
import type { CapturedRequest, CapturedResponse } from './captured.ts';
import { KeptBody } from './kept-body.ts';
import { WatchedDownstream } from './watched-downstream.ts';

interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: KeptBody;
  trailers: readonly string[];
}

/** By the first rule that takes the request; undefined: by none, or there are none. */
export function beginCapture(
  rules: readonly CaptureRule[] | undefined,
  request: RequestView & { readonly head: RequestHead },
  buffer: CaptureBuffer,
): ExchangeCapture | undefined {
  const rule = rules?.find((one) => one.take(request));
  return rule && new ExchangeCapture(rule, buffer, request.head);
}

export class ExchangeCapture {
  readonly #rule: CaptureRule;
  readonly #buffer: CaptureBuffer;
  readonly #head: RequestHead;
  readonly #requestBody: KeptBody;
  /** What the caller gets. */
  #answer: Answer | undefined;
  /** The heads that tries were answered with, by their spans, until their hops are written. */
  readonly #tryHeads = new Map<string, ResponseHead>();
  #body: RequestBody | undefined;
  #protocol = '';

  constructor(rule: CaptureRule, buffer: CaptureBuffer, head: RequestHead) {
    this.#rule = rule;
    this.#buffer = buffer;
    this.#head = head;
    this.#requestBody = new KeptBody(rule.config.bodyBytes);
  }

  /** The same downstream, looked at. */
  watch(downstream: Downstream): Downstream {
    this.#protocol = downstream.protocol;
    return new WatchedDownstream(downstream, this);
  }

  /** A request's body, looked at. */
  createBody(retained: boolean, limit: Bytes): RequestBody {
    this.#body = new WatchedBody(retained, limit, this.#requestBody);
    return this.#body;
  }

  onTryHead({ spanId }: Pick<Hop, 'spanId'>, head: ResponseHead): void {
    this.#tryHeads.set(spanId, head);
  }

  onHead(head: ResponseHead): void {
    this.#answer = {
      status: head.status,
      headers: pairs(head),
      body: new KeptBody(this.#rule.config.bodyBytes),
      trailers: [],
    };
  }

  onBody(chunk: Buffer): void {
    this.#answer?.body.push(chunk);
  }

  onEnd(trailers: readonly string[] | undefined): void {
    if (this.#answer && trailers) this.#answer.trailers = trailers;
  }

  onLocal({ status, code, faults, headers = [], body, message }: LocalAnswer): void {
    const kept = new KeptBody(this.#rule.config.bodyBytes);
    kept.push(Buffer.from(body ?? message));
    const own: [string, string][] = [
      ...(code === '' ? [] : [['x-faultline-failure', code] as [string, string]]),
      ...(faults === '' ? [] : [['x-faultline-fault', faults] as [string, string]]),
    ];
    this.#answer = { status, headers: [...own, ...headers], body: kept, trailers: [] };
  }

  /** A hop of the exchange is written: its messages are sent. */
  write(hop: Pick<Hop, 'traceId' | 'spanId' | 'flags'>): void {
    const isFinal = !isSuperseded(hop.flags);
    const tried = this.#tryHeads.get(hop.spanId);
    this.#tryHeads.delete(hop.spanId);
    const response = (isFinal && this.#finalResponse()) || (tried && headOnly(tried));
    this.#buffer.add({
      capture: this.#rule.config.name,
      traceId: hop.traceId,
      spanId: hop.spanId,
      isFinal,
      request: this.#request(),
      ...(response && { response }),
      isBodiless: false,
    });
  }

  #request(): CapturedRequest {
    const { method, path, host } = this.#head;
    return {
      method,
      path,
      host,
      protocol: this.#protocol,
      headers: pairs(this.#head),
      body: this.#requestBody.bytes(),
      bodyBytes: this.#requestBody.length,
      trailers: this.#body?.trailers ?? [],
    };
  }

  /** Undefined where the caller got none. */
  #finalResponse(): CapturedResponse | undefined {
    if (!this.#answer) return undefined;
    const { status, headers, body, trailers } = this.#answer;
    return { status, headers, body: body.bytes(), bodyBytes: body.length, trailers };
  }
}

function headOnly(head: ResponseHead): CapturedResponse {
  const body = new Uint8Array(0);
  return { status: head.status, headers: pairs(head), body, bodyBytes: 0, trailers: [] };
}

class WatchedBody extends RequestBody {
  readonly #kept: KeptBody;

  constructor(retained: boolean, limit: Bytes, kept: KeptBody) {
    super(retained, limit);
    this.#kept = kept;
  }

  override push(chunk: Buffer): void {
    this.#kept.push(chunk);
    super.push(chunk);
  }
}

function pairs({
  names,
  values,
}: {
  readonly names: readonly string[];
  readonly values: readonly string[];
}): [string, string][] {
  return names.map((name, i) => [name, values[i] ?? '']);
}
