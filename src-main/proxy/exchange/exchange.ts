/**
 * One request's life, from its head to the last byte of its answer. Every step has its way out:
 *
 *     route ──► choose version ──► try ──► answer ──► done
 *       │no-route                   │ ▲      │
 *       │                    failed │ │ retry│ cut off after its head: the connection is aborted
 *       └──────► local answer ◄─────┘ └──────┘
 */
import type { Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import { affinityOf, withCookie } from '../cluster/affinity.ts';
import type { Affinity } from '../cluster/affinity.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { FailureCode } from '../failures.ts';
import type { InjectedAnswer } from '../filters/http/filter.ts';
import { failureOf } from '../failures.ts';
import { NO_GRPC_STATUS } from '../grpc/status.ts';
import { HopFlag } from '../hop.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { MirroredRequest } from '../mirror/mirrored-request.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import type { Route } from '../router/route.ts';
import type { TryPolicy } from '../router/try-policy.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import { Attempt } from './attempt.ts';
import { noteGrpcEnd, noteGrpcHead, noteLocalGrpc } from './grpc-outcome.ts';
import type { HopDraft } from './hop-draft.ts';
import { createHedging } from './hedging.ts';
import type { Hedging } from './hedging.ts';
import { noteFailure } from './hop-log.ts';
import { noteInstanceFaults } from './instance-faults.ts';
import { IdleTimer } from './idle-timer.ts';
import { RequestFacts } from './request-facts.ts';
import { filterRequest, filterResponse } from './request-filters.ts';
import type { FilterAnswer } from './request-filters.ts';
import { fieldsOf } from './retry-policy.ts';
import type { TryFailure, TryOutcome } from './retry-policy.ts';
import { RetryState } from './retry-state.ts';
import type { LocalAnswer } from './streams.ts';
import { mayUpgrade, startTunnel } from './upgrade.ts';

/** This much of a body waits for a connection; the rest stays in the caller's socket. */
const MOST_WAITING = 64 * 1024;

export class Exchange extends RequestFacts {
  #cluster: Cluster | undefined;
  #affinity: Affinity | undefined;
  /** The try that answers; before, the first of those that run. */
  #attempt: Attempt | undefined;
  #hedging: Hedging | undefined;
  #retries: RetryState | undefined;
  #mirrored: MirroredRequest | undefined;
  #deadline: Timer | undefined;
  #backOff: Timer | undefined;
  #idle: IdleTimer | undefined;
  #answered = false;
  #done = false;

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
    const { bodyBytes } = this.context.limits;
    if (bodyBytes > 0 && head.contentLength > bodyBytes)
      return this.#answerFailure('body-too-large', `${head.contentLength} of ${bodyBytes} bytes`);
    if (!this.route)
      return this.#answerFailure('no-route', `${head.method} ${head.host}${head.path}`);
    const answer = filterRequest(this.route.requestFilters, this, this.log.marks);
    if (answer) return this.#answerByFilter(answer);
    this.#cluster = this.context.clusters.get(this.route.chooseCluster(this));
    const source = this.#cluster?.hashSource;
    if (source) this.#affinity = affinityOf(source, this, this.context.services.ids);
    if (head.expectContinue) this.downstream.sendContinue();
    const policy = this.policy as TryPolicy;
    this.#retries = new RetryState(policy, this.body, this.#cluster?.breaker);
    const { idleTimeout } = this.route.config;
    if (idleTimeout) this.#watchIdle(idleTimeout);
    this.#hedging = createHedging(policy, head, this.clock, this.log);
    this.#try();
    if (this.route.mirror) this.#mirror(this.route.mirror);
  }

  /** Envoy: what was refused at once is sent to nobody else either. */
  #mirror(mirror: Mirror): void {
    if (this.#done) return;
    const { timeout = 0 } = this.policy ?? {};
    const cluster = this.#cluster?.config.name ?? '';
    this.#mirrored = mirror.begin(this, this.context, { timeout, cluster });
  }

  #answerByFilter(action: FilterAnswer): void {
    const hop = this.#newHop();
    if (action.code !== '') noteFailure(hop, action.code);
    this.#sendLocal(hop, { ...action, faults: '' });
  }

  /** A part of the request's body has arrived. */
  onBody(chunk: Buffer): void {
    if (this.#done) return;
    this.#idle?.touch();
    this.body.push(chunk);
    this.#mirrored?.onBody(chunk);
    const most = this.context.limits.bodyBytes;
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
    this.#idle?.touch();
    const timeout = this.policy?.timeout ?? 0;
    if (timeout > 0) {
      // Envoy's route timeout: from the end of the request to the end of the answer.
      this.#deadline = this.clock.after(timeout, () => this.#giveUp('timeout', `${timeout} ms`));
    }
    this.#attempt?.onRequestWhole();
    this.#hedging?.arm(() => this.hedge(false));
  }

  /** The caller has gone, or its request turned out to be broken: nothing can be answered. */
  cancel(code: FailureCode): void {
    if (this.#done) return;
    const attempt = this.#attempt;
    this.#hedging?.settle(attempt);
    attempt?.cancel();
    const hop = attempt?.hop ?? this.#newHop();
    noteFailure(hop, code);
    this.#record(hop, 0);
    this.#finish();
  }

  onDownstreamDrain(): void {
    this.#idle?.touch();
    this.#attempt?.resume();
  }

  /** Faults have come or gone; `began`: those that act since now. */
  onFaultsChanged(began: BegunFaults): void {
    if (this.#done) return;
    const filters = began.get(this.route?.config.name ?? '') ?? [];
    for (const one of this.#hedging?.running ?? [this.#attempt]) one?.onFaultsChanged(filters);
  }

  /** 101: what follows are bytes in both directions, told by this try's hop when they have ended. */
  onUpgraded(attempt: Attempt, head: ResponseHead, service: TunnelSide): void {
    this.#finish();
    const { hop, began } = attempt;
    const protocol = head.upgrade || this.head.upgrade;
    const { idleTimeout } = (this.route as Route).config;
    const about = { protocol, attempt, idleTimeout, request: this, clock: this.clock };
    this.log.captureUpgrade(hop, head);
    startTunnel(this.downstream, { head, service, ...about }, (sent, received) => {
      this.log.measure(hop, head.status, began);
      hop.requestBytes = sent;
      hop.responseBytes = received;
      this.context.services.hops.write(hop);
    });
  }

  onResponseHead(attempt: Attempt, head: ResponseHead): void {
    const { hop } = attempt;
    this.#idle?.touch();
    hop.status = head.status;
    if (this.isGrpc) noteGrpcHead(hop, head.names, head.values);
    const { status } = head;
    // Without a status in its head, a call of gRPC is told by its trailers.
    if (!this.isGrpc || hop.grpcStatus >= 0) attempt.noteStatus(status, hop.grpcStatus);
    this.log.capture?.onTryHead(hop, head);
    const outcome = { status, grpcStatus: hop.grpcStatus, fields: head };
    if (this.#isOutrun(attempt, outcome)) return attempt.discard();
    const wait = this.#retryAfter(attempt, outcome);
    if (wait !== undefined) {
      attempt.discard();
      return this.#retry(attempt, wait);
    }
    this.#settle(attempt);
    this.#answered = true;
    const { requestFilters } = this.route as Route;
    const filtered = filterResponse(requestFilters, this, head);
    const setCookie = this.#affinity?.setCookie;
    this.downstream.sendHead(setCookie === undefined ? filtered : withCookie(filtered, setCookie));
  }

  onResponseBody(chunk: Buffer): void {
    this.#mirrored?.onAnswerBody(chunk);
    this.#idle?.touch();
    this.downstream.sendBody(chunk);
    if (this.downstream.congested) this.#attempt?.pause();
  }

  onResponseEnd(trailers: string[] | undefined): void {
    this.downstream.sendEnd(trailers);
    const { hop } = this.#attempt as Attempt;
    if (this.isGrpc) {
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
    const outcome = { status, grpcStatus, fields: fieldsOf(answer) };
    if (this.#isOutrun(attempt, outcome)) return;
    const wait = this.#retryAfter(attempt, outcome);
    if (wait !== undefined) return this.#retry(attempt, wait);
    this.#settle(attempt);
    const { message } = failureOf('abort');
    this.#sendLocal(hop, { ...answer, code: 'abort', message, faults: hop.faults });
  }

  onTryFailed(attempt: Attempt, { code, detail, how }: TryFailure): void {
    if (this.#answered) {
      if (this.isGrpc) noteLocalGrpc(attempt.hop, failureOf(code).status);
      this.#record(attempt.hop, attempt.hop.status);
      this.#finish();
      return this.downstream.abort(code, how);
    }
    if (this.#isOutrun(attempt, { failure: code })) return;
    if (this.#retries?.resend(this.head, code, attempt.failedOnReuse)) {
      this.#recordRetried(attempt);
      return this.#try();
    }
    const wait = this.#retryAfter(attempt, { failure: code });
    if (wait !== undefined) return this.#retry(attempt, wait);
    const failure = failureOf(code);
    this.#answer(attempt.hop, code, failure.status, `${failure.message}: ${detail}`);
  }

  #try(): void {
    const route = this.route as Route;
    const retries = this.#retries as RetryState;
    const hop = this.#newHop();
    hop.attempt = retries.tries++;
    if (hop.attempt > 0) hop.flags |= HopFlag.RETRY;
    if (!this.#cluster) return this.#answerFailure('no-endpoint', `route ${route.config.name}`);
    const attempt = new Attempt(this, this.#cluster, route, hop);
    this.#hedging?.add(attempt);
    this.#attempt ??= attempt;
    attempt.start(retries.tried, this.policy?.limits);
  }

  /** A try that is over its time goes on, and another one starts beside it. */
  get hedges(): boolean {
    return this.#hedging?.onPerTryTimeout ?? false;
  }

  /** Another try starts beside those that run, if any does and it may: as a retry, or besides those. */
  hedge(isRetry: boolean): void {
    const { running = [] } = this.#hedging ?? {};
    const retries = this.#retries as RetryState;
    if (this.#answered || !this.#attempt) return;
    if (retries.mayHedge(isRetry)) {
      for (const { pool } of running) retries.noteTried(pool);
      this.#try();
    } else {
      this.#attempt.hop.flags |= retries.refusalFlags;
    }
  }

  /** Whether it is no answer to give as long as others run; then it is over. */
  #isOutrun(attempt: Attempt, outcome: TryOutcome): boolean {
    const isOutrun = this.#hedging?.isOutrun(outcome) ?? false;
    if (isOutrun) this.#recordRetried(attempt);
    return isOutrun;
  }

  /** This try has the last word; those beside it are given up. */
  #settle(attempt: Attempt): void {
    this.#attempt = attempt;
    this.#hedging?.settle(attempt);
  }

  /** How long to wait before another try; undefined: this outcome is the last one. */
  #retryAfter({ hop }: Attempt, outcome: TryOutcome): Milliseconds | undefined {
    const retries = this.#retries as RetryState;
    const wait = retries.next(outcome, this.context.services);
    hop.flags |= retries.refusalFlags;
    return wait;
  }

  #retry(attempt: Attempt, wait: Milliseconds): void {
    this.#recordRetried(attempt);
    this.#backOff = this.clock.after(wait, () => this.#try());
  }

  #recordRetried(attempt: Attempt): void {
    this.#retries?.noteTried(attempt.pool);
    attempt.hop.flags |= HopFlag.RETRIED;
    this.#record(attempt.hop, attempt.hop.status, attempt.began);
    this.#attempt = this.#hedging?.drop(attempt);
  }

  #watchIdle(timeout: Milliseconds): void {
    this.#idle = new IdleTimer(this.clock, timeout, () =>
      // Envoy: who is to blame depends on whether the request is whole.
      this.#giveUp(this.body.ended ? 'stream-idle' : 'request-idle', `${timeout} ms`),
    );
  }

  #giveUp(code: FailureCode, detail: string): void {
    const attempt = this.#attempt;
    this.#hedging?.settle(attempt, code);
    attempt?.cancel(code);
    const hop = attempt?.hop ?? this.#newHop();
    noteFailure(hop, code);
    if (this.#answered) {
      if (this.isGrpc) noteLocalGrpc(hop, failureOf(code).status);
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
    noteInstanceFaults(hop, status, this.#attempt?.began ?? this.log.began);
    this.#sendLocal(hop, { status, code, message, faults: hop.faults });
  }

  #sendLocal(hop: HopDraft, answer: LocalAnswer): void {
    this.downstream.sendLocal(answer);
    if (this.isGrpc) noteLocalGrpc(hop, answer.status, answer.grpcStatus);
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
    this.#idle?.cancel();
    this.#hedging?.cancel();
  }

  beginHop(cluster: Cluster | undefined): HopDraft {
    return this.log.begin(cluster);
  }

  #newHop(): HopDraft {
    return this.log.begin(this.#cluster);
  }

  #record(hop: HopDraft, status: number, began = this.#attempt?.began): void {
    this.log.write(hop, status, began);
    this.#mirrored?.onTry(hop);
  }
}
