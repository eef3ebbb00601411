/**
 * One try of an exchange: its filters, its connection, the request sent and the answer taken.
 *
 *     filters ──► acquire ──► send ──► answer
 *        │           │          │        │
 *        └───────────┴──────────┴────────┴──► ended, once: by an answer, a failure or a cancel
 */
import type { Milliseconds } from '../../base/units.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Tried } from '../cluster/balance/balancer.ts';
import type { EndpointPool, Waiter } from '../cluster/endpoint-pool.ts';
import type { Acquiring } from '../cluster/faulty-identity.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { IdentityFaultConfig } from '../config/fault.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import { NO_GRPC_STATUS } from '../grpc/status.ts';
import { HopFlag } from '../hop.ts';
import type { Action, Shape, TryFilter } from '../filters/http/filter.ts';
import type { Route } from '../router/route.ts';
import type { Cut } from '../shaping/stage.ts';
import { reset } from '../tunnel/tunnel.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import type { Exchange } from './exchange.ts';
import { FaultHold, markFault } from './fault-hold.ts';
import type { Wait } from './fault-hold.ts';
import { noteConnection, noteEndpoint } from './hop-draft.ts';
import type { HopDraft } from './hop-draft.ts';
import { noteAbsence } from './instance-faults.ts';
import type { ResponseHandler, UpstreamStream } from './streams.ts';
import { TryFacts } from './try-facts.ts';
import { TryShaping } from './try-shaping.ts';
import type { ActingShape } from './try-shaping.ts';
import { TryTimers } from './try-timers.ts';
import type { TryLimits } from './try-timers.ts';
import { createVerdict } from './try-verdict.ts';
import type { TryVerdict } from './try-verdict.ts';

export class Attempt extends TryFacts implements Waiter, ResponseHandler {
  /** By the clock's `now`. */
  readonly began: number;
  /** Nothing of an answer had arrived when it failed, on a connection that had served before. */
  failedOnReuse = false;
  readonly #exchange: Exchange;
  readonly #route: Route;
  #stream: UpstreamStream | undefined;
  /** A fault wants a side of the connection to be somebody else. */
  #faultyIdentity: IdentityFaultConfig | undefined;
  #faulty: Acquiring | undefined;
  #timers: TryTimers | undefined;
  #verdict: TryVerdict | undefined;
  #avoid: Tried<EndpointPool>;
  #nextFilter = 0;
  readonly hold: FaultHold;
  #shaping: TryShaping | undefined;
  /** The answer's head, as the service sent it. */
  #head: ResponseHead | undefined;
  #trailers: string[] | undefined;
  /** The caller takes no more of the answer at the moment. */
  #paused = false;
  #picked = false;
  #waitingSince = 0;
  #sentAt = 0;
  #nextChunk = 0;
  #requestSent = false;
  #ended = false;

  constructor(exchange: Exchange, cluster: Cluster, route: Route, hop: HopDraft) {
    super(cluster, hop);
    this.#exchange = exchange;
    this.#route = route;
    const onFull = (detail: string): void => this.#fail('overflow', detail);
    this.hold = new FaultHold(exchange.clock, hop, cluster.breaker, onFull);
    this.began = exchange.clock.now();
  }

  /** What faults make of its messages at the moment. */
  get shapes(): readonly ActingShape[] {
    return this.#shaping?.parts ?? [];
  }

  /** `avoid`: where the request has been tried before. `limits`: undefined: none. */
  start(avoid: Tried<EndpointPool>, limits: TryLimits | undefined): void {
    this.#avoid = avoid;
    if (limits) this.#timers = new TryTimers(this.#exchange.clock, limits, this.#onOverTime);
    if (this.#exchange.body.ended) this.#timers?.start();
    // A fault counts against the endpoint that it keeps from answering.
    if (this.#route.needsInstance || this.cluster.outliers) this.#pick();
    this.#runFilters();
  }

  /** The caller has said all: from here on it is the service that takes its time. */
  onRequestWhole(): void {
    this.#timers?.start();
    this.pump();
  }

  /** More of the body is there, or its end. */
  pump(): void {
    const stream = this.#stream;
    if (!stream || this.#requestSent) return;
    this.#timers?.touch();
    const { body } = this.#exchange;
    const shaper = this.#shaping?.up;
    const way = shaper ?? stream;
    while (!way.congested) {
      const chunk = body.at(this.#nextChunk);
      if (!chunk) break;
      this.#nextChunk++;
      if (shaper) shaper.write(chunk);
      else stream.sendBody(chunk);
    }
    const complete = body.ended && body.at(this.#nextChunk) === undefined;
    if (complete && shaper) shaper.end();
    else if (complete) this.#finishRequest();
    else if (way.congested) this.#exchange.downstream.pauseBody();
    else this.#exchange.downstream.resumeBody();
  }

  /** Stops reading the answer until `resume`: the caller is slower than the service. */
  pause(): void {
    this.#paused = true;
    this.#timers?.hold(true);
    this.#stream?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#timers?.hold(false);
    this.#shaping?.down.onSinkDrain();
    if (!this.#shaping?.down.congested) this.#stream?.resume();
  }

  /**
   * Faults have come or gone while the try is under way. What gone ones did to it ends at once.
   * `began`: those that act since now.
   */
  onFaultsChanged(began: readonly TryFilter[]): void {
    if (this.#ended) return;
    this.#shaping?.refresh();
    if (this.hold.isOver) {
      this.hold.release();
      return this.#runFilters();
    }
    // Before it has a connection it meets new ones as its next try would.
    if (!this.#stream && !this.#head) return;
    for (const filter of began) {
      const shape = this.#shaping?.has(filter) ? undefined : filter.join(this.#exchange, this);
      if (!shape) continue;
      markFault(this.hop, filter);
      this.#shape(filter, shape);
    }
  }

  /**
   * The exchange does not want this try any more. Its connection is lost, being mid-message.
   * @param code why, where it is the endpoint that took too long
   */
  cancel(code?: FailureCode): void {
    if (this.#ended) return;
    if (code !== undefined) this.#verdict?.onFailure(code);
    const stream = this.#stream;
    this.#end();
    this.#stopWaiting();
    stream?.destroy();
  }

  /** The answer that has begun is not wanted, but its connection is, where it ends soon. */
  discard(): void {
    const stream = this.#stream;
    this.#end();
    if (this.#requestSent) stream?.discard();
    else stream?.destroy();
  }

  onConnection(stream: UpstreamStream, fresh: boolean): void {
    const now = this.#exchange.clock.now();
    this.#stream = stream;
    this.failedOnReuse = !fresh;
    noteConnection(this.hop, stream, now - this.#waitingSince, fresh);
    noteEndpoint(this.hop, this.pool);
    this.#sentAt = now;
    stream.begin(this, this.#exchange.outgoingRequest(this.hop));
    this.pump();
  }

  onConnectFailure(code: FailureCode, detail: string): void {
    noteEndpoint(this.hop, this.pool);
    this.failedOnReuse = false;
    this.#fail(code, detail);
  }

  onInterimHead(head: ResponseHead): void {
    if (!this.#ended) this.#exchange.downstream.sendInterim(head);
  }

  onUpgraded(head: ResponseHead, service: TunnelSide): void {
    if (this.#ended) return reset(service);
    this.hop.timing.upstream = this.#exchange.clock.now() - this.#sentAt;
    this.#end();
    this.#exchange.onUpgraded(this, head, service);
  }

  onResponseHead(head: ResponseHead): void {
    this.#timers?.onHead();
    this.failedOnReuse = false;
    this.hop.timing.upstream = this.#exchange.clock.now() - this.#sentAt;
    this.#head = head;
    this.#exchange.onResponseHead(this, this.#shaping?.onHead(head) ?? head);
  }

  onResponseBody(chunk: Buffer): void {
    if (this.#ended) return;
    const shaper = this.#shaping?.down;
    if (!shaper) return this.#passAnswer(chunk);
    shaper.write(chunk);
    if (shaper.congested) this.#stream?.pause();
  }

  onResponseEnd(trailers: string[] | undefined): void {
    if (this.#ended) return;
    const stream = this.#stream;
    const shaper = this.#shaping?.down;
    this.#stream = undefined;
    if (shaper) {
      this.#trailers = trailers;
      shaper.end();
    } else {
      this.#finishAnswer(trailers);
    }
    // The answer came before the request was whole: the rest of it has nowhere to go.
    if (!this.#requestSent) stream?.destroy();
  }

  onUpstreamFailure(code: FailureCode, detail: string): void {
    this.failedOnReuse &&= !this.#stream?.answered;
    this.#fail(code, detail);
  }

  onUpstreamDrain(): void {
    this.#shaping?.up.onSinkDrain();
    this.pump();
  }

  /** Tells outlier detection, once, how the endpoint, or a fault in its place, has answered. */
  noteStatus(status: number, grpcStatus: number = NO_GRPC_STATUS): void {
    this.#verdict?.onStatus(status, grpcStatus);
  }

  /** The next filter that wants something; behind the last one, the endpoint. */
  #runFilters(): void {
    const { tryFilters } = this.#route;
    while (this.#nextFilter < tryFilters.length) {
      const filter = tryFilters[this.#nextFilter++] as TryFilter;
      const action = filter.apply(this.#exchange, this);
      if (action) return this.#act(filter, action);
    }
    this.#acquire();
  }

  #act(filter: TryFilter, action: Action): void {
    markFault(this.hop, filter);
    switch (action.kind) {
      case 'respond':
        this.hop.failure = 'abort';
        this.noteStatus(action.status, action.grpcStatus);
        this.#end();
        return this.#exchange.onInjectedAnswer(this, action);
      case 'fail':
        return this.#failByFault(action.code, action.detail);
      case 'identity':
        this.#faultyIdentity = action.fault;
        return this.#runFilters();
      case 'shape':
        this.#shape(filter, action.shape);
        return this.#runFilters();
      case 'silence':
        return this.hold.start(filter, this.#wait(action.duration), () =>
          this.#failByFault('upstream-reset', `silent for ${action.duration} ms`),
        );
      case 'delay':
        return this.#delay(filter, action);
    }
  }

  #delay(filter: TryFilter, { duration, at }: Extract<Action, { kind: 'delay' }>): void {
    const timeout = this.cluster.config.connectTimeout;
    if (at === 'request' || duration < timeout) {
      return this.hold.start(filter, this.#wait(duration, at), () => this.#runFilters());
    }
    this.hold.start(filter, this.#wait(timeout, at), () =>
      this.#failByFault('connect-failure', `no connection within ${timeout} ms`),
    );
  }

  #wait(duration: Milliseconds, at: 'connect' | 'request' = 'request'): Wait {
    if (at === 'connect') return { duration, as: 'connecting' };
    const isShared = this.#exchange.upstreamProtocol(this.cluster.config) === 'h2';
    return { duration, as: isShared ? 'h2' : 'http/1.1' };
  }

  #shape(filter: TryFilter, shape: Shape): void {
    this.#shaping ??= this.#createShaping();
    this.#shaping.add(filter, shape);
  }

  #createShaping(): TryShaping {
    return new TryShaping(this.#exchange.clock, this.#head, {
      isRequestCongested: () => this.#stream?.congested ?? true,
      sendRequest: (chunk) => this.#stream?.sendBody(chunk),
      endRequest: () => this.#finishRequest(),
      onRequestRoom: () => this.pump(),
      isAnswerCongested: () => this.#paused,
      passAnswer: (chunk) => this.#passAnswer(chunk),
      endAnswer: () => this.#finishAnswer(this.#trailers),
      onAnswerRoom: () => this.#stream?.resume(),
      cut: (how) => this.#failByFault('upstream-reset', 'broken off', how),
    });
  }

  #failByFault(code: FailureCode, detail: string, how?: Cut): void {
    this.hop.flags |= HopFlag.ABORT_INJECTED;
    // The connection was no stale one: another try is for the policy to allow.
    this.failedOnReuse = false;
    this.#fail(code, `${detail}, on purpose`, how);
  }

  readonly #onOverTime = (code: FailureCode, detail: string): void => {
    if (code !== 'per-try-timeout' || !this.#exchange.hedges) return this.#fail(code, detail);
    this.#verdict?.onFailure(code);
    this.#exchange.hedge(true);
  };

  #pick(): void {
    this.#picked = true;
    this.pool = this.cluster.pick(this.#avoid, this.#exchange.hash);
    this.hop.flags |= this.cluster.flagsOf(this.pool);
    this.hop.endpoint = this.pool?.state;
    this.#verdict = createVerdict(this.cluster.outliers, this.pool);
  }

  #acquire(): void {
    if (!this.#picked) this.#pick();
    const { pool } = this;
    const { service, workloadVersion } = this.cluster.config;
    if (!pool) {
      noteAbsence(this.hop, this.cluster);
      return this.#fail('no-endpoint', `of ${service} ${workloadVersion}`);
    }
    this.#waitingSince = this.#exchange.clock.now();
    const protocol = this.#exchange.upstreamProtocol(this.cluster.config);
    if (!this.#faultyIdentity) return pool.acquire(this, protocol);
    const fault = this.#faultyIdentity;
    this.#faulty = this.cluster.acquireFaulty(pool, this, protocol, fault);
  }

  #stopWaiting(): void {
    if (this.#faulty) this.#faulty.cancel();
    else this.pool?.cancel(this);
  }

  #passAnswer(chunk: Buffer): void {
    this.#timers?.touch();
    this.#exchange.onResponseBody(chunk);
  }

  #finishRequest(): void {
    this.#requestSent = true;
    this.#exchange.downstream.resumeBody();
    this.#stream?.sendEnd(this.#exchange.body.trailers);
  }

  #finishAnswer(trailers: string[] | undefined): void {
    this.#end();
    this.#exchange.onResponseEnd(trailers);
  }

  /** `how`: what becomes of an answer that has begun. */
  #fail(code: FailureCode, detail: string, how?: Cut): void {
    if (this.#ended) return;
    const stream = this.#stream;
    this.#end();
    this.#verdict?.onFailure(code);
    this.hop.failure = code;
    this.hop.flags |= failureOf(code).flags;
    // The other side refused who it was shown.
    if (this.#faultyIdentity && !stream?.answered) this.hop.flags |= HopFlag.ABORT_INJECTED;
    if (!stream) this.#stopWaiting();
    stream?.destroy();
    this.#exchange.onTryFailed(this, { code, detail, how });
  }

  #end(): void {
    this.#ended = true;
    this.hold.end();
    this.#shaping?.cancel();
    this.#timers?.cancel();
    this.#stream = undefined;
  }
}
