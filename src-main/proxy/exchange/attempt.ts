/**
 * One try of an exchange: its filters, its connection, the request sent and the answer taken.
 *
 *     filters ──► acquire ──► send ──► answer
 *        │           │          │        │
 *        └───────────┴──────────┴────────┴──► ended, once: by an answer, a failure or a cancel
 */
import type { Timer } from '../../base/clock.ts';
import type { ClientConnection, ResponseHandler } from '../cluster/client-connection.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { EndpointPool, Waiter } from '../cluster/endpoint-pool.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { chunkPrefix, lastChunk } from '../codec/http1/serialize.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import { HopFlag } from '../hop.ts';
import type { Action, TryFilter } from '../filters/http/filter.ts';
import type { Exchange } from './exchange.ts';
import type { HopDraft } from './hop-draft.ts';

export class Attempt implements Waiter, ResponseHandler {
  readonly hop: HopDraft;
  /** By the clock's `now`. */
  readonly began: number;
  pool: EndpointPool | undefined;
  /** Nothing of an answer had arrived when it failed, on a connection that had served before. */
  failedOnReuse = false;
  readonly #exchange: Exchange;
  readonly #cluster: Cluster;
  readonly #filters: readonly TryFilter[];
  #connection: ClientConnection | undefined;
  #timer: Timer | undefined;
  #perTry: Timer | undefined;
  #nextFilter = 0;
  #waitingSince = 0;
  #sentAt = 0;
  #nextChunk = 0;
  #requestSent = false;
  #ended = false;

  constructor(exchange: Exchange, cluster: Cluster, filters: readonly TryFilter[], hop: HopDraft) {
    this.#exchange = exchange;
    this.#cluster = cluster;
    this.#filters = filters;
    this.hop = hop;
    this.began = exchange.clock.now();
  }

  /** `avoid`: where the try before failed. `perTryTimeout`: milliseconds, 0: none. */
  start(avoid: EndpointPool | undefined, perTryTimeout: number): void {
    this.pool = avoid;
    if (perTryTimeout > 0) {
      this.#perTry = this.#exchange.clock.after(perTryTimeout, () => {
        this.#fail('per-try-timeout', `${perTryTimeout} ms are over`);
      });
    }
    this.#runFilters();
  }

  /** More of the body is there, or its end. */
  pump(): void {
    const connection = this.#connection;
    if (!connection || this.#requestSent) return;
    const { body, head } = this.#exchange;
    while (!connection.output.congested) {
      const chunk = body.at(this.#nextChunk);
      if (!chunk) break;
      this.#nextChunk++;
      if (head.chunked) connection.output.text(chunkPrefix(chunk.length));
      connection.output.bytes(chunk);
      if (head.chunked) connection.output.text('\r\n');
    }
    const complete = body.ended && body.at(this.#nextChunk) === undefined;
    if (complete) this.#finishRequest(connection);
    else if (connection.output.congested) this.#exchange.downstream.pauseBody();
    else this.#exchange.downstream.resumeBody();
  }

  /** Stops reading the answer until `resume`: the caller is slower than the service. */
  pause(): void {
    this.#connection?.pause();
  }

  resume(): void {
    this.#connection?.resume();
  }

  /** The exchange does not want this try any more. Its connection is lost, being mid-message. */
  cancel(): void {
    if (this.#ended) return;
    const connection = this.#connection;
    this.#end();
    this.pool?.cancel(this);
    connection?.destroy();
  }

  /** The answer that has begun is not wanted, but its connection is, where it ends soon. */
  discard(): void {
    const connection = this.#connection;
    const sent = this.#requestSent;
    this.#end();
    if (sent) connection?.discard();
    else connection?.destroy();
  }

  onConnection(connection: ClientConnection, fresh: boolean): void {
    const now = this.#exchange.clock.now();
    const { timing } = this.hop;
    this.#connection = connection;
    this.failedOnReuse = !fresh;
    const waited = now - this.#waitingSince;
    if (fresh) {
      timing.tls = Math.min(waited, connection.times.tls);
      timing.connect = Math.min(waited - timing.tls, connection.times.connect);
    }
    timing.queue = waited - timing.tls - timing.connect;
    this.hop.destinationInstance = this.pool?.endpointId ?? '';
    if (connection.peerSpiffeId !== '') {
      this.hop.peerSpiffeId = connection.peerSpiffeId;
      this.hop.flags |= HopFlag.MTLS;
    }
    this.#sentAt = now;
    connection.begin(this, this.#exchange.head.method);
    connection.output.text(this.#exchange.upstreamHeadFor(this.hop));
    this.pump();
  }

  onConnectFailure(code: FailureCode, detail: string): void {
    this.hop.destinationInstance = this.pool?.endpointId ?? '';
    this.failedOnReuse = false;
    this.#fail(code, detail);
  }

  onResponseHead(head: ResponseHead): void {
    this.#perTry?.cancel();
    this.failedOnReuse = false;
    this.hop.timing.upstream = this.#exchange.clock.now() - this.#sentAt;
    this.#exchange.onResponseHead(this, head);
  }

  onResponseBody(chunk: Buffer): void {
    if (!this.#ended) this.#exchange.onResponseBody(chunk);
  }

  onResponseEnd(trailers: string[] | undefined): void {
    if (this.#ended) return;
    const requestSent = this.#requestSent;
    const connection = this.#connection;
    this.#end();
    this.#exchange.onResponseEnd(trailers);
    // The answer came before the request was whole: the rest of it has nowhere to go.
    if (!requestSent) connection?.destroy();
  }

  onUpstreamFailure(code: FailureCode, detail: string): void {
    this.failedOnReuse &&= !this.#connection?.answered;
    this.#fail(code, detail);
  }

  onUpstreamDrain(): void {
    this.pump();
  }

  /** The next filter that wants something; behind the last one, the endpoint. */
  #runFilters(): void {
    while (this.#nextFilter < this.#filters.length) {
      const filter = this.#filters[this.#nextFilter++] as TryFilter;
      const action = filter.apply(this.#exchange);
      if (action) return this.#act(action);
    }
    this.#acquire();
  }

  #act(action: Action): void {
    const { hop } = this;
    hop.flags |= action.flag;
    hop.faults = hop.faults === '' ? action.fault : `${hop.faults},${action.fault}`;
    if (action.kind === 'respond') {
      hop.failure = 'abort';
      this.#end();
      return this.#exchange.onInjectedAnswer(this, action.status);
    }
    const since = this.#exchange.clock.now();
    this.#timer = this.#exchange.clock.after(action.duration, () => {
      hop.timing.injected += this.#exchange.clock.now() - since;
      this.#runFilters();
    });
  }

  #acquire(): void {
    const pool = this.#cluster.pick(this.pool);
    this.pool = pool;
    const { service, workloadVersion } = this.#cluster.config;
    if (!pool) return this.#fail('no-endpoint', `of ${service} ${workloadVersion}`);
    this.#waitingSince = this.#exchange.clock.now();
    pool.acquire(this);
  }

  #finishRequest(connection: ClientConnection): void {
    this.#requestSent = true;
    const { body, head } = this.#exchange;
    if (head.chunked) connection.output.text(lastChunk(body.trailers));
    this.#exchange.downstream.resumeBody();
    connection.requestSent();
  }

  #fail(code: FailureCode, detail: string): void {
    if (this.#ended) return;
    const connection = this.#connection;
    this.#end();
    this.hop.failure = code;
    this.hop.flags |= failureOf(code).flags;
    if (!connection) this.pool?.cancel(this);
    connection?.destroy();
    this.#exchange.onTryFailed(this, code, detail);
  }

  #end(): void {
    this.#ended = true;
    this.#timer?.cancel();
    this.#perTry?.cancel();
    this.#connection = undefined;
  }
}
