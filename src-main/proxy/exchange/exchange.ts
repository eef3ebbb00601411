/**
 * One request's life, from its head to the last byte of its answer. Every step has its way out:
 *
 *     route ──► choose version ──► try ──► answer ──► done
 *       │no-route                   │ ▲      │
 *       │                    failed │ │ retry│ cut off after its head: the connection is aborted
 *       └──────► local answer ◄─────┘ └──────┘
 */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import { affinityOf, withCookie } from '../cluster/affinity.ts';
import type { Affinity } from '../cluster/affinity.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterConfig } from '../config.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { FailureCode } from '../failures.ts';
import type { InjectedAnswer } from '../filters/http/filter.ts';
import type { Cut } from '../shaping/stage.ts';
import { failureOf } from '../failures.ts';
import { NO_GRPC_STATUS, isGrpc } from '../grpc/status.ts';
import { HopFlag } from '../hop.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { MirroredRequest } from '../mirror/mirrored-request.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import type { Route } from '../router/route.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import { Attempt } from './attempt.ts';
import type { ExchangeContext } from './context.ts';
import { noteGrpcEnd, noteGrpcHead, noteLocalGrpc } from './grpc-outcome.ts';
import type { HopDraft } from './hop-draft.ts';
import { HopLog, noteFailure, readSubject } from './hop-log.ts';
import { RequestBody } from './request-body.ts';
import { filterRequest, filterResponse } from './request-filters.ts';
import type { FilterAnswer, FilteredRequest } from './request-filters.ts';
import type { TryOutcome } from './retry-policy.ts';
import { RetryState } from './retry-state.ts';
import type { Downstream, LocalAnswer, OutgoingRequest, Protocol } from './streams.ts';
import { mayUpgrade, startTunnel } from './upgrade.ts';

/** Why a try has no answer, or no whole one. */
export interface TryFailure {
  readonly code: FailureCode;
  readonly detail: string;
  /** What becomes of an answer that has begun; undefined: it is cut off. */
  readonly how: Cut | undefined;
}

/** This much of a body waits for a connection; the rest stays in the caller's socket. */
const MOST_WAITING = 64 * 1024;

export class Exchange implements FilteredRequest {
  /** As filters left it. */
  head: RequestHead;
  readonly body: RequestBody;
  readonly downstream: Downstream;
  readonly clock: Clock;
  readonly #context: ExchangeContext;
  readonly #log: HopLog;
  readonly #route: Route | undefined;
  readonly #isGrpc: boolean;
  #cluster: Cluster | undefined;
  #affinity: Affinity | undefined;
  #attempt: Attempt | undefined;
  #retries: RetryState | undefined;
  #mirrored: MirroredRequest | undefined;
  #deadline: Timer | undefined;
  #backOff: Timer | undefined;
  #answered = false;
  #done = false;

  constructor(context: ExchangeContext, downstream: Downstream, head: RequestHead) {
    this.#context = context;
    this.downstream = downstream;
    this.head = head;
    this.clock = context.services.clock;
    this.#route = context.findRoute(this);
    this.#isGrpc = downstream.protocol === 'h2' && isGrpc(head.names, head.values);
    // Whatever it means, a request is sent again where its stream was refused (RFC 9113 §8.7).
    const retained = downstream.protocol === 'h2' || (this.#route?.config.retry?.attempts ?? 0) > 0;
    this.body = new RequestBody(retained, context.limits.retryBufferBytes);
    const subject = readSubject(head, context);
    this.#log = new HopLog(context, downstream, this.body, { subject, route: this.#route });
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

  /** Of what its cluster tells requests apart by. */
  get hash(): number | undefined {
    return this.#affinity?.hash;
  }

  /** Some of an answer has been written. */
  get answered(): boolean {
    return this.#answered;
  }

  start(): void {
    const { head } = this;
    if (head.upgrade !== '' && !mayUpgrade(head)) {
      return this.#answerFailure('unsupported-upgrade', head.upgrade);
    }
    const most = this.#context.limits.bodyBytes;
    if (most > 0 && head.contentLength > most)
      return this.#answerFailure('body-too-large', `${head.contentLength} bytes, ${most} at most`);
    if (!this.#route)
      return this.#answerFailure('no-route', `${head.method} ${head.host}${head.path}`);
    const answer = filterRequest(this.#route.requestFilters, this, this.#log.marks);
    if (answer) return this.#answerByFilter(answer);
    this.#cluster = this.#context.clusters.get(this.#route.chooseCluster(this));
    const source = this.#cluster?.hashSource;
    if (source) this.#affinity = affinityOf(source, this, this.#context.services.ids);
    if (head.expectContinue) this.downstream.sendContinue();
    this.#retries = new RetryState(this.#route, this.body, this.#cluster?.breaker);
    this.#try(undefined);
    if (this.#route.mirror) this.#mirror(this.#route.mirror);
  }

  /** Envoy: what was refused at once is sent to nobody else either. */
  #mirror(mirror: Mirror): void {
    if (this.#done) return;
    const { timeout = 0 } = this.#route?.config ?? {};
    const cluster = this.#cluster?.config.name ?? '';
    this.#mirrored = mirror.begin(this, this.#context, { timeout, cluster });
  }

  #answerByFilter(action: FilterAnswer): void {
    const hop = this.#newHop();
    if (action.code !== '') noteFailure(hop, action.code);
    this.#sendLocal(hop, { ...action, faults: '' });
  }

  /** A part of the request's body has arrived. */
  onBody(chunk: Buffer): void {
    if (this.#done) return;
    this.body.push(chunk);
    this.#mirrored?.onBody(chunk);
    const most = this.#context.limits.bodyBytes;
    if (most > 0 && this.body.received > most)
      return this.#giveUp('body-too-large', `${most} bytes`);
    this.#attempt?.pump();
    if (this.body.waiting > MOST_WAITING && !this.body.retained) this.downstream.pauseBody();
  }

  /** The request is whole. */
  onEnd(trailers: string[] | undefined): void {
    this.body.ended = true;
    this.body.trailers = trailers;
    if (this.#done) return;
    this.#mirrored?.onEnd(trailers);
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
    noteFailure(hop, code);
    this.#record(hop, 0);
    this.#finish();
  }

  onDownstreamDrain(): void {
    this.#attempt?.resume();
  }

  /** Faults have come or gone; `began`: those that act since now. */
  onFaultsChanged(began: BegunFaults): void {
    if (this.#done) return;
    this.#attempt?.onFaultsChanged(began.get(this.#route?.config.name ?? '') ?? []);
  }

  /** The request as one try sends it. */
  outgoingRequest(hop: HopDraft): OutgoingRequest {
    const { downstream } = this;
    return {
      head: this.#route?.rewrite?.(this.head) ?? this.head,
      direction: this.#context.listener.direction,
      remoteAddress: downstream.remoteAddress,
      requestId: this.#log.requestId,
      clientCertificate: downstream.clientCertificate,
      traceparent: this.#log.traceparent(hop),
    };
  }

  /**
   * What the cluster is declared to speak, else what the caller speaks (Envoy's
   * use_downstream_protocol_config). The gateway's callers choose by what they can, not by what the
   * service can, so there only gRPC stays HTTP/2.
   */
  upstreamProtocol({ protocol }: ClusterConfig): Protocol {
    // Only HTTP/1.1 can be left by an upgrade.
    if (this.head.upgrade !== '') return 'http/1.1';
    if (protocol !== undefined) return protocol;
    const isFree = this.#context.listener.direction === 'gateway' && !this.#isGrpc;
    return isFree ? 'http/1.1' : this.downstream.protocol;
  }

  /** 101: what follows are bytes in both directions, told by this try's hop when they have ended. */
  onUpgraded(attempt: Attempt, head: ResponseHead, service: TunnelSide): void {
    this.#finish();
    const { hop, began } = attempt;
    const protocol = head.upgrade || this.head.upgrade;
    const upgrade = { head, service, protocol, attempt, request: this, clock: this.clock };
    startTunnel(this.downstream, upgrade, (sent, received) => {
      this.#log.measure(hop, head.status, began);
      hop.requestBytes = sent;
      hop.responseBytes = received;
      this.#context.services.hops.write(hop);
    });
  }

  onResponseHead(attempt: Attempt, head: ResponseHead): void {
    const { hop } = attempt;
    hop.status = head.status;
    if (this.#isGrpc) noteGrpcHead(hop, head.names, head.values);
    const { status, names } = head;
    // Without a status in its head, a call of gRPC is told by its trailers.
    if (!this.#isGrpc || hop.grpcStatus >= 0) attempt.noteStatus(status, hop.grpcStatus);
    const isRateLimited = names.includes('x-envoy-ratelimited');
    const outcome = { status, grpcStatus: hop.grpcStatus, isRateLimited };
    const wait = this.#retryAfter(attempt, outcome);
    if (wait !== undefined) {
      attempt.discard();
      return this.#retry(attempt, wait);
    }
    this.#answered = true;
    const { requestFilters } = this.#route as Route;
    const filtered = filterResponse(requestFilters, this, head);
    const setCookie = this.#affinity?.setCookie;
    this.downstream.sendHead(setCookie === undefined ? filtered : withCookie(filtered, setCookie));
  }

  onResponseBody(chunk: Buffer): void {
    this.#mirrored?.onAnswerBody(chunk);
    this.downstream.sendBody(chunk);
    if (this.downstream.congested) this.#attempt?.pause();
  }

  onResponseEnd(trailers: string[] | undefined): void {
    this.downstream.sendEnd(trailers);
    const { hop } = this.#attempt as Attempt;
    if (this.#isGrpc) {
      noteGrpcEnd(hop, trailers);
      this.#attempt?.noteStatus(hop.status, hop.grpcStatus);
    }
    this.#record(hop, hop.status);
    this.#finish();
    this.downstream.exchangeDone();
  }

  /** A fault answered instead of the service: to retries it looks like the service's own answer. */
  onInjectedAnswer(attempt: Attempt, answer: InjectedAnswer): void {
    const { hop } = attempt;
    const { status, grpcStatus = NO_GRPC_STATUS } = answer;
    hop.status = status;
    const outcome = { status, grpcStatus, isRateLimited: false };
    const wait = this.#retryAfter(attempt, outcome);
    if (wait !== undefined) return this.#retry(attempt, wait);
    const { message } = failureOf('abort');
    this.#sendLocal(hop, { ...answer, code: 'abort', message, faults: hop.faults });
  }

  onTryFailed(attempt: Attempt, { code, detail, how }: TryFailure): void {
    if (this.#answered) {
      if (this.#isGrpc) noteLocalGrpc(attempt.hop, failureOf(code).status);
      this.#record(attempt.hop, attempt.hop.status);
      this.#finish();
      return this.downstream.abort(code, how);
    }
    if (this.#retries?.resend(this.head, code, attempt.failedOnReuse)) {
      this.#recordRetried(attempt);
      return this.#try(attempt.pool);
    }
    const wait = this.#retryAfter(attempt, { failure: code });
    if (wait !== undefined) return this.#retry(attempt, wait);
    const failure = failureOf(code);
    this.#answer(attempt.hop, code, failure.status, `${failure.message}: ${detail}`);
  }

  #try(avoid: Attempt['pool']): void {
    const route = this.#route as Route;
    const hop = this.#newHop();
    hop.attempt = (this.#retries as RetryState).tries++;
    if (hop.attempt > 0) hop.flags |= HopFlag.RETRY;
    if (!this.#cluster) return this.#answerFailure('no-endpoint', `route ${route.config.name}`);
    const attempt = new Attempt(this, this.#cluster, route, hop);
    this.#attempt = attempt;
    attempt.start(avoid, route.config.retry?.perTryTimeout ?? 0);
  }

  /** How long to wait before another try; undefined: this outcome is the last one. */
  #retryAfter({ hop }: Attempt, outcome: TryOutcome): Milliseconds | undefined {
    const wait = this.#retries?.next(outcome, this.#context.services.chance);
    if (this.#retries?.overflowed) hop.flags |= HopFlag.OPEN_CIRCUIT;
    if (wait === undefined && this.#retries?.isExhausted(outcome)) hop.flags |= HopFlag.RETRY_LIMIT;
    return wait;
  }

  #retry(attempt: Attempt, wait: Milliseconds): void {
    this.#recordRetried(attempt);
    this.#attempt = undefined;
    const avoid = attempt.pool;
    this.#backOff = this.clock.after(wait, () => this.#try(avoid));
  }

  #recordRetried(attempt: Attempt): void {
    attempt.hop.flags |= HopFlag.RETRIED;
    this.#record(attempt.hop, attempt.hop.status);
  }

  #giveUp(code: FailureCode, detail: string): void {
    const attempt = this.#attempt;
    attempt?.cancel(code);
    const hop = attempt?.hop ?? this.#newHop();
    noteFailure(hop, code);
    if (this.#answered) {
      if (this.#isGrpc) noteLocalGrpc(hop, failureOf(code).status);
      this.#record(hop, hop.status);
      this.#finish();
      return this.downstream.abort(code);
    }
    const failure = failureOf(code);
    this.#answer(hop, code, failure.status, `${failure.message} of ${detail}`);
  }

  /** Answers a failure for which there is no try. */
  #answerFailure(code: FailureCode, detail: string): void {
    const failure = failureOf(code);
    const hop = this.#newHop();
    noteFailure(hop, code);
    this.#answer(hop, code, failure.status, `${failure.message}: ${detail}`);
  }

  #answer(hop: HopDraft, code: FailureCode, status: number, message: string): void {
    this.#sendLocal(hop, { status, code, message, faults: hop.faults });
  }

  #sendLocal(hop: HopDraft, answer: LocalAnswer): void {
    this.downstream.sendLocal(answer);
    if (this.#isGrpc) noteLocalGrpc(hop, answer.status, answer.grpcStatus);
    this.#record(hop, answer.status);
    this.#finish();
    this.downstream.exchangeDone();
  }

  #finish(): void {
    this.#done = true;
    this.#retries?.release();
    this.#deadline?.cancel();
    this.#backOff?.cancel();
    this.#mirrored?.onOver();
  }

  beginHop(cluster: Cluster | undefined): HopDraft {
    return this.#log.begin(cluster);
  }

  #newHop(): HopDraft {
    return this.#log.begin(this.#cluster);
  }

  #record(hop: HopDraft, status: number): void {
    this.#log.write(hop, status, this.#attempt?.began);
    this.#mirrored?.onTry(hop);
  }
}
