/** Begins, measures and writes the hops of one request. */
import type { ExchangeCapture } from '../capture/exchange-capture.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { failureOf } from '../failures.ts';
import type { FailureCode } from '../failures.ts';
import type { Route } from '../router/route.ts';
import type { TraceContext } from './trace-context.ts';
import { formatTraceparent, parseTraceparent } from './trace-context.ts';
import type { ExchangeContext } from './context.ts';
import { newHop } from './hop-draft.ts';
import type { HopDraft, HopSubject } from './hop-draft.ts';
import { noteInstanceFaults } from './instance-faults.ts';
import type { Marks } from './request-filters.ts';
import type { RequestBody } from './request-body.ts';
import type { Downstream } from './streams.ts';

export class HopLog {
  /** What request filters said of the request: stands in every hop that begins after it. */
  readonly marks: Marks = { flags: 0, rule: '' };
  /** By the clock's `now`. */
  readonly began: number;
  /** Of the messages; absent: they are not kept. */
  readonly capture: ExchangeCapture | undefined;
  readonly #context: ExchangeContext;
  readonly #downstream: Downstream;
  readonly #body: RequestBody;
  readonly #subject: HopSubject;
  readonly #route: Route | undefined;

  constructor(
    context: ExchangeContext,
    downstream: Downstream,
    body: RequestBody,
    about: { subject: HopSubject; route: Route | undefined; capture: ExchangeCapture | undefined },
  ) {
    this.#context = context;
    this.#downstream = downstream;
    this.#body = body;
    this.#subject = about.subject;
    this.#route = about.route;
    this.capture = about.capture;
    this.began = context.services.clock.now();
  }

  get requestId(): string {
    return this.#subject.requestId;
  }

  /** The traceparent that a try's request carries. */
  traceparent(hop: HopDraft): string {
    return formatTraceparent(this.#subject.trace, hop.spanId);
  }

  /** `cluster`: where the request is going, once that is known. */
  begin(cluster: Cluster | undefined): HopDraft {
    const hop = newHop(this.#context, this.#downstream, this.#subject);
    if (this.#route) {
      hop.route = this.#route.config.name;
      hop.filters = this.#route.chain;
    }
    hop.flags |= this.marks.flags;
    hop.rule = this.marks.rule;
    if (cluster && hop.direction !== 'inbound') {
      hop.destinationService = cluster.config.service;
      hop.destinationVersion = cluster.config.workloadVersion;
    }
    return hop;
  }

  /** `began`: the try's beginning by the clock's `now`. */
  write(hop: HopDraft, status: number, began = this.began): void {
    this.measure(hop, status, began);
    this.#context.services.hops.write(hop);
    this.capture?.write(hop);
  }

  /** The hop of an upgrade is written when that has ended; its messages are known now. */
  captureUpgrade(hop: HopDraft, head: ResponseHead): void {
    this.capture?.onHead(head);
    this.capture?.write(hop);
  }

  /** Without writing it: for what goes on under another name, as a tunnel does. */
  measure(hop: HopDraft, status: number, began = this.began): void {
    const now = this.#context.services.clock.now();
    hop.status = status;
    noteInstanceFaults(hop, status, began);
    hop.duration = now - began;
    hop.exchangeDuration = now - this.began;
    hop.requestBytes = this.#body.received;
    hop.responseBytes = this.#downstream.sent;
  }
}

/** Notes on a hop how it failed, with the failure's flags. */
export function noteFailure(hop: HopDraft, code: FailureCode): void {
  hop.failure = code;
  hop.flags |= failureOf(code).flags;
}

/** Who asks for what: the caller's ids where it sent them, else new ones. */
export function readSubject(head: RequestHead, context: ExchangeContext): HopSubject {
  const { ids } = context.services;
  const { names, values, method, path } = head;
  let requestId = '';
  let parent = '';
  for (let i = 0; i < names.length; i++) {
    if (names[i] === 'x-request-id') requestId = values[i] as string;
    else if (names[i] === 'traceparent') parent = values[i] as string;
  }
  const trace: TraceContext = (parent && parseTraceparent(parent)) || ids.newTrace();
  return { trace, requestId: requestId || ids.requestId(), method, path };
}
