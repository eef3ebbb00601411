/**
 * The second sending of a mirrored request: fire and forget, as Envoy's request_mirror_policies. One
 * try, without faults or retries, within the circuit breaker of the cluster that it goes to. It takes
 * the body as that comes and never holds the caller back: what it has not passed on is kept up to a
 * bound, and one that falls behind further is given up.
 */
import type { Timer } from '../../base/clock.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { EndpointPool, Waiter } from '../cluster/endpoint-pool.ts';
import { LOCAL_FAILURES, TIMEOUTS, outlierStatus } from '../cluster/outlier/outcome.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { DataPlaneServices } from '../exchange/context.ts';
import { noteGrpcEnd, noteGrpcHead } from '../exchange/grpc-outcome.ts';
import { noteConnection, noteEndpoint } from '../exchange/hop-draft.ts';
import type { HopDraft } from '../exchange/hop-draft.ts';
import { noteFailure } from '../exchange/hop-log.ts';
import { noteAbsence, noteInstanceFaults } from '../exchange/instance-faults.ts';
import type {
  OutgoingRequest,
  Protocol,
  ResponseHandler,
  UpstreamStream,
} from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { reset } from '../tunnel/tunnel.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import { AnswerDigest } from './answer-digest.ts';
import type { Answer } from './comparison.ts';

export interface ShadowOptions {
  readonly hop: HopDraft;
  readonly cluster: Cluster;
  readonly request: OutgoingRequest;
  readonly protocol: Protocol;
  readonly isGrpc: boolean;
  /** Of what it is told apart by, where its cluster does so. */
  readonly hash: number | undefined;
  /** From the end of the request to the end of the answer. */
  readonly timeout: Milliseconds;
  /** Of the body that it may fall behind. */
  readonly mostBehind: Bytes;
  readonly clock: DataPlaneServices['clock'];
  /** Called once; then nothing of it is left. */
  readonly onOver: (answer: Answer) => void;
}

export class Shadow implements Waiter, ResponseHandler {
  readonly hop: HopDraft;
  readonly #options: ShadowOptions;
  readonly #began: Milliseconds;
  readonly #digest = new AnswerDigest();
  #pool: EndpointPool | undefined;
  #stream: UpstreamStream | undefined;
  #waitingSince = 0;
  #sentAt = 0;
  /** Of the body, what has not been passed on. */
  #waiting: Buffer[] = [];
  #behind: Bytes = 0;
  #requestWhole = false;
  #requestSent = false;
  #trailers: string[] | undefined;
  #timer: Timer | undefined;
  #over = false;

  constructor(options: ShadowOptions) {
    this.#options = options;
    this.hop = options.hop;
    this.#began = options.clock.now();
  }

  start(): void {
    const { cluster, hash, protocol, clock } = this.#options;
    const pool = cluster.pick(undefined, hash);
    this.hop.flags |= cluster.flagsOf(pool);
    noteEndpoint(this.hop, pool);
    if (!pool) {
      noteAbsence(this.hop, cluster);
      return this.#fail('no-endpoint');
    }
    this.#pool = pool;
    this.#waitingSince = clock.now();
    pool.acquire(this, protocol);
  }

  /** A part of the body has arrived. */
  onBody(chunk: Buffer): void {
    if (this.#over) return;
    this.#waiting.push(chunk);
    this.#behind += chunk.length;
    this.#pump();
    if (this.#behind > this.#options.mostBehind) this.#fail('shadow-too-slow');
  }

  /** The request is whole. */
  onEnd(trailers: string[] | undefined): void {
    if (this.#over) return;
    const { clock, timeout } = this.#options;
    this.#requestWhole = true;
    this.#trailers = trailers;
    this.#timer = clock.after(timeout, () => this.#fail('timeout'));
    this.#pump();
  }

  /** It is not wanted any more: the caller left in the middle of its request, or the proxy goes. */
  cancel(): void {
    this.#fail('downstream-gone');
  }

  onConnection(stream: UpstreamStream, fresh: boolean): void {
    const now = this.#options.clock.now();
    this.#stream = stream;
    noteConnection(this.hop, stream, now - this.#waitingSince, fresh);
    this.#sentAt = now;
    stream.begin(this, this.#options.request);
    this.#pump();
  }

  onConnectFailure(code: FailureCode): void {
    this.#fail(code);
  }

  onResponseHead({ status, names, values }: ResponseHead): void {
    const { hop } = this;
    hop.timing.upstream = this.#options.clock.now() - this.#sentAt;
    hop.status = status;
    if (this.#options.isGrpc) noteGrpcHead(hop, names, values);
  }

  /** Read to its end, and only its beginning is looked at. */
  onResponseBody(chunk: Buffer): void {
    this.#digest.add(chunk);
  }

  onResponseEnd(trailers: string[] | undefined): void {
    const { hop } = this;
    if (this.#options.isGrpc) noteGrpcEnd(hop, trailers);
    const stream = this.#stream;
    const pool = this.#pool;
    const { outliers } = this.#options.cluster;
    if (pool) outliers?.onStatus(pool.state, outlierStatus(hop.status, hop.grpcStatus));
    this.#end(this.#digest.text());
    // It answered before the request was whole: the rest of that has nowhere to go.
    if (!this.#requestSent) stream?.destroy();
  }

  onUpstreamFailure(code: FailureCode): void {
    this.#fail(code);
  }

  onUpstreamDrain(): void {
    this.#pump();
  }

  // Nobody is told of an interim answer, and no upgrade is asked for.
  onInterimHead(): void {}
  onUpgraded(_head: ResponseHead, service: TunnelSide): void {
    reset(service);
    this.#fail('upstream-protocol');
  }

  #pump(): void {
    const stream = this.#stream;
    if (!stream || this.#requestSent) return;
    while (this.#waiting.length > 0 && !stream.congested) {
      const chunk = this.#waiting.shift() as Buffer;
      this.#behind -= chunk.length;
      stream.sendBody(chunk);
    }
    if (!this.#requestWhole || this.#waiting.length > 0) return;
    this.#requestSent = true;
    stream.sendEnd(this.#trailers);
  }

  #fail(code: FailureCode): void {
    if (this.#over) return;
    const stream = this.#stream;
    const pool = this.#pool;
    if (!stream) pool?.cancel(this);
    const { outliers } = this.#options.cluster;
    if (pool && LOCAL_FAILURES.has(code)) outliers?.onLocalFailure(pool.state, TIMEOUTS.has(code));
    noteFailure(this.hop, code);
    // Of an answer that broke off, the head says nothing.
    this.hop.status = 0;
    this.#end(undefined);
    stream?.destroy();
  }

  #end(body: string | undefined): void {
    const { hop } = this;
    this.#over = true;
    this.#timer?.cancel();
    this.#stream = undefined;
    this.#waiting = [];
    noteInstanceFaults(hop, hop.status, this.#began);
    hop.duration = hop.exchangeDuration = this.#options.clock.now() - this.#began;
    hop.responseBytes = this.#digest.length;
    this.#options.onOver({ status: hop.status, grpcStatus: hop.grpcStatus, body });
  }
}
