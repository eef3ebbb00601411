/**
 * One request's life, from its head to the last byte of its answer. Every step has its way out:
 *
 *     route ──► choose version ──► try ──► answer ──► done
 *       │no-route                   │ ▲      │
 *       │                    failed │ │ retry│ cut off after its head: the connection is aborted
 *       └──────► local answer ◄─────┘ └──────┘
 */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterConfig } from '../config.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import { isGrpc } from '../grpc/status.ts';
import { HopFlag } from '../hop.ts';
import { findRoute } from '../router/route.ts';
import type { Route } from '../router/route.ts';
import { Attempt } from './attempt.ts';
import type { ExchangeContext } from './context.ts';
import { noteGrpcHead, noteGrpcTrailers, noteLocalGrpc } from './grpc-outcome.ts';
import { newHop } from './hop-draft.ts';
import type { HopDraft, HopSubject } from './hop-draft.ts';
import { RequestBody } from './request-body.ts';
import { filterRequest, filterResponse } from './request-filters.ts';
import type { FilterAnswer, FilteredRequest, Marks } from './request-filters.ts';
import { backOff, isIdempotent, isRetriable } from './retry-policy.ts';
import type { TryOutcome } from './retry-policy.ts';
import type { Downstream, LocalAnswer, OutgoingRequest, Protocol } from './streams.ts';
import { formatTraceparent, parseTraceparent } from './trace-context.ts';

/** This much of a body waits for a connection; the rest stays in the caller's socket. */
const MOST_WAITING = 64 * 1024;

export class Exchange implements FilteredRequest {
  /** As filters left it. */
  head: RequestHead;
  readonly body: RequestBody;
  readonly downstream: Downstream;
  readonly clock: Clock;
  readonly #context: ExchangeContext;
  readonly #began: number;
  readonly #subject: HopSubject;
  readonly #route: Route | undefined;
  readonly #isGrpc: boolean;
  #cluster: Cluster | undefined;
  #attempt: Attempt | undefined;
  /** Tries made after the first by the route's policy. */
  #retries = 0;
  /** The one extra try that a stale connection costs has been used. */
  #reuseRetried = false;
  #tries = 0;
  #deadline: Timer | undefined;
  #backOff: Timer | undefined;
  #answered = false;
  /** What request filters said of it, for every hop. */
  readonly #marks: Marks = { flags: 0, rule: '' };
  #done = false;

  constructor(context: ExchangeContext, downstream: Downstream, head: RequestHead) {
    this.#context = context;
    this.downstream = downstream;
    this.head = head;
    this.clock = context.services.clock;
    this.#began = this.clock.now();
    this.#subject = this.#readSubject();
    this.#route = findRoute(context.routes, this);
    this.#isGrpc = downstream.protocol === 'h2' && isGrpc(head.names, head.values);
    const retained = (this.#route?.config.retry?.attempts ?? 0) > 0;
    this.body = new RequestBody(retained, context.limits.retryBufferBytes);
  }

  get method(): string {
    return this.head.method;
  }
  get path(): string {
    return this.head.path;
  }
  get host(): string {
    return this.head.host;
  }
  get names(): readonly string[] {
    return this.head.names;
  }
  get values(): readonly string[] {
    return this.head.values;
  }
  get remoteAddress(): string {
    return this.downstream.remoteAddress;
  }
  get peerSpiffeId(): string {
    return this.downstream.peerSpiffeId;
  }

  /** Some of an answer has been written. */
  get answered(): boolean {
    return this.#answered;
  }

  start(): void {
    const { head } = this;
    if (head.upgrade) return this.#answerFailure('unsupported-upgrade', head.method);
    const most = this.#context.limits.bodyBytes;
    if (most > 0 && head.contentLength > most)
      return this.#answerFailure('body-too-large', `${head.contentLength} bytes, ${most} at most`);
    if (!this.#route)
      return this.#answerFailure('no-route', `${head.method} ${head.host}${head.path}`);
    const answer = filterRequest(this.#route.requestFilters, this, this.#marks);
    if (answer) return this.#answerByFilter(answer);
    this.#cluster = this.#context.clusters.get(this.#route.chooseCluster(this));
    if (head.expectContinue) this.downstream.sendContinue();
    this.#try(undefined);
  }

  #answerByFilter(action: FilterAnswer): void {
    const hop = this.#newHop();
    hop.failure = action.code;
    if (action.code !== '') hop.flags |= failureOf(action.code).flags;
    this.#sendLocal(hop, { ...action, faults: '' });
  }

  /** A part of the request's body has arrived. */
  onBody(chunk: Buffer): void {
    if (this.#done) return;
    this.body.push(chunk);
    const most = this.#context.limits.bodyBytes;
    if (most > 0 && this.body.received > most)
      return this.#giveUp('body-too-large', `${most} bytes`);
    this.#attempt?.pump();
    if (this.body.waiting > MOST_WAITING && !this.body.replayable) this.downstream.pauseBody();
  }

  /** The request is whole. */
  onEnd(trailers: string[] | undefined): void {
    this.body.ended = true;
    this.body.trailers = trailers;
    if (this.#done) return;
    const timeout = this.#route?.config.timeout ?? 0;
    if (timeout > 0) {
      // Envoy's route timeout: from the end of the request to the end of the answer.
      this.#deadline = this.clock.after(timeout, () => this.#giveUp('timeout', `${timeout} ms`));
    }
    this.#attempt?.pump();
  }

  /** The caller has gone, or its request turned out to be broken: nothing can be answered. */
  cancel(code: FailureCode): void {
    if (this.#done) return;
    const attempt = this.#attempt;
    attempt?.cancel();
    const hop = attempt?.hop ?? this.#newHop();
    hop.failure = code;
    hop.flags |= failureOf(code).flags;
    this.#record(hop, 0);
    this.#finish();
  }

  onDownstreamDrain(): void {
    this.#attempt?.resume();
  }

  /** The request as one try sends it. */
  outgoingRequest(hop: HopDraft): OutgoingRequest {
    const { downstream, head } = this;
    return {
      head,
      direction: this.#context.listener.direction,
      remoteAddress: downstream.remoteAddress,
      requestId: this.#subject.requestId,
      clientCertificate: downstream.clientCertificate,
      traceparent: formatTraceparent(this.#subject.trace, hop.spanId),
    };
  }

  /**
   * What the cluster is declared to speak, else what the caller speaks (Envoy's
   * use_downstream_protocol_config). The gateway's callers choose by what they can, not by what the
   * service can, so there only gRPC stays HTTP/2.
   */
  upstreamProtocol({ protocol }: ClusterConfig): Protocol {
    if (protocol !== undefined) return protocol;
    const isFree = this.#context.listener.direction === 'gateway' && !this.#isGrpc;
    return isFree ? 'http/1.1' : this.downstream.protocol;
  }

  onResponseHead(attempt: Attempt, head: ResponseHead): void {
    if (this.#mayRetry({ status: head.status })) {
      attempt.hop.status = head.status;
      attempt.discard();
      return this.#retry(attempt);
    }
    this.#markExhausted(attempt, { status: head.status });
    attempt.hop.status = head.status;
    if (this.#isGrpc) noteGrpcHead(attempt.hop, head.names, head.values);
    this.#answered = true;
    const { requestFilters } = this.#route as Route;
    this.downstream.sendHead(filterResponse(requestFilters, this, head));
  }

  onResponseBody(chunk: Buffer): void {
    this.downstream.sendBody(chunk);
    if (this.downstream.congested) this.#attempt?.pause();
  }

  onResponseEnd(trailers: string[] | undefined): void {
    this.downstream.sendEnd(trailers);
    const { hop } = this.#attempt as Attempt;
    if (this.#isGrpc) noteGrpcTrailers(hop, trailers);
    this.#record(hop, hop.status);
    this.#finish();
    this.downstream.exchangeDone();
  }

  /** A fault answered instead of the service: to retries it looks like the service's own answer. */
  onInjectedAnswer(attempt: Attempt, status: number): void {
    if (this.#mayRetry({ status })) {
      attempt.hop.status = status;
      return this.#retry(attempt);
    }
    this.#markExhausted(attempt, { status });
    this.#answer(attempt.hop, 'abort', status, failureOf('abort').message);
  }

  onTryFailed(attempt: Attempt, code: FailureCode, detail: string): void {
    if (this.#answered) {
      if (this.#isGrpc) noteLocalGrpc(attempt.hop, failureOf(code).status);
      this.#record(attempt.hop, attempt.hop.status);
      this.#finish();
      return this.downstream.abort();
    }
    if (this.#mayResend(attempt)) {
      this.#reuseRetried = true;
      this.#recordRetried(attempt);
      return this.#try(attempt.pool);
    }
    if (this.#mayRetry({ failure: code })) return this.#retry(attempt);
    this.#markExhausted(attempt, { failure: code });
    const failure = failureOf(code);
    this.#answer(attempt.hop, code, failure.status, `${failure.message}: ${detail}`);
  }

  #try(avoid: Attempt['pool']): void {
    const route = this.#route as Route;
    const hop = this.#newHop();
    hop.attempt = this.#tries++;
    if (hop.attempt > 0) hop.flags |= HopFlag.RETRY;
    if (!this.#cluster) return this.#answerFailure('no-endpoint', `route ${route.config.name}`);
    const attempt = new Attempt(this, this.#cluster, route.tryFilters, hop);
    this.#attempt = attempt;
    attempt.start(avoid, route.config.retry?.perTryTimeout ?? 0);
  }

  /** RFC 9112 §9.3.1: a reused connection that ends without an answer was closed as we wrote. */
  #mayResend(attempt: Attempt): boolean {
    const { body, head } = this;
    return (
      attempt.failedOnReuse && !this.#reuseRetried && body.replayable && isIdempotent(head.method)
    );
  }

  #mayRetry(outcome: TryOutcome): boolean {
    const route = this.#route as Route;
    const { retry } = route.config;
    return (
      retry !== undefined &&
      this.#retries < retry.attempts &&
      this.body.replayable &&
      isRetriable(route.retryOn, outcome)
    );
  }

  #retry(attempt: Attempt): void {
    const { retry } = (this.#route as Route).config;
    if (!retry) return;
    this.#recordRetried(attempt);
    this.#attempt = undefined;
    this.#retries++;
    const wait = backOff(retry.backOff, this.#retries, this.#context.services.chance);
    const avoid = attempt.pool;
    this.#backOff = this.clock.after(wait, () => this.#try(avoid));
  }

  #recordRetried(attempt: Attempt): void {
    attempt.hop.flags |= HopFlag.RETRIED;
    this.#record(attempt.hop, attempt.hop.status);
  }

  /** Envoy's URX: retries were allowed, and the last of them failed as well. */
  #markExhausted(attempt: Attempt, outcome: TryOutcome): void {
    const route = this.#route as Route;
    if (this.#retries > 0 && isRetriable(route.retryOn, outcome)) {
      attempt.hop.flags |= HopFlag.RETRY_LIMIT;
    }
  }

  #giveUp(code: FailureCode, detail: string): void {
    const attempt = this.#attempt;
    attempt?.cancel();
    const hop = attempt?.hop ?? this.#newHop();
    hop.failure = code;
    hop.flags |= failureOf(code).flags;
    if (this.#answered) {
      this.#record(hop, hop.status);
      this.#finish();
      return this.downstream.abort();
    }
    const failure = failureOf(code);
    this.#answer(hop, code, failure.status, `${failure.message} of ${detail}`);
  }

  /** Answers a failure for which there is no try. */
  #answerFailure(code: FailureCode, detail: string): void {
    const failure = failureOf(code);
    const hop = this.#newHop();
    hop.failure = code;
    hop.flags |= failure.flags;
    this.#answer(hop, code, failure.status, `${failure.message}: ${detail}`);
  }

  #answer(hop: HopDraft, code: FailureCode, status: number, message: string): void {
    this.#sendLocal(hop, { status, code, message, faults: hop.faults });
  }

  #sendLocal(hop: HopDraft, answer: LocalAnswer): void {
    this.downstream.sendLocal(answer);
    if (this.#isGrpc) noteLocalGrpc(hop, answer.status);
    this.#record(hop, answer.status);
    this.#finish();
    this.downstream.exchangeDone();
  }

  #finish(): void {
    this.#done = true;
    this.#deadline?.cancel();
    this.#backOff?.cancel();
  }

  #newHop(): HopDraft {
    const hop = newHop(this.#context, this.downstream, this.#subject);
    hop.route = this.#route?.config.name ?? '';
    hop.flags |= this.#marks.flags;
    hop.rule = this.#marks.rule;
    if (this.#cluster && hop.direction !== 'inbound') {
      hop.destinationService = this.#cluster.config.service;
      hop.destinationVersion = this.#cluster.config.workloadVersion;
    }
    return hop;
  }

  #record(hop: HopDraft, status: number): void {
    const now = this.clock.now();
    hop.status = status;
    hop.duration = now - (this.#attempt?.began ?? this.#began);
    hop.exchangeDuration = now - this.#began;
    hop.requestBytes = this.body.received;
    hop.responseBytes = this.downstream.sent;
    this.#context.services.hops.write(hop);
  }

  #readSubject(): HopSubject {
    const { ids } = this.#context.services;
    const { names, values, method, path } = this.head;
    let requestId = '';
    let parent = '';
    for (let i = 0; i < names.length; i++) {
      if (names[i] === 'x-request-id') requestId = values[i] as string;
      else if (names[i] === 'traceparent') parent = values[i] as string;
    }
    const trace = (parent && parseTraceparent(parent)) || ids.newTrace();
    return { trace, requestId: requestId || ids.requestId(), method, path };
  }
}
