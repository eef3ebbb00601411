/** The connections to one endpoint: idle ones are used again, the newest first. */
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { LimitsConfig } from '../config.ts';
import type { ConnectionPoolConfig } from '../config/upstream.ts';
import type { Protocol, UpstreamStream } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { ClientConnection } from './client-connection.ts';
import type { ConnectionOwner } from './client-connection.ts';
import { connectEndpoint } from './connect.ts';
import type { ConnectOptions, Connecting, OnReady } from './connect.ts';
import type { EndpointState } from './endpoint-state.ts';
import type { HeldPlace } from './held-places.ts';
import { Http2Pool } from './http2-pool.ts';
import { tooManyConnections, tooManyPending, tooManyRequests } from './overflow.ts';

/** Who wants a connection. One of the two is called once, unless it was cancelled before. */
export interface Waiter {
  onConnection(stream: UpstreamStream, fresh: boolean): void;
  onConnectFailure(code: FailureCode, detail: string): void;
  /** A fault may have held it back: then it has a place in the circuit breaker already. */
  readonly hold?: { readonly place: HeldPlace | undefined };
}

export interface PoolOptions extends Omit<ConnectOptions, 'protocol'> {
  readonly limits: LimitsConfig;
  readonly connections: ConnectionPoolConfig;
  /** Of the whole cluster. */
  readonly breaker: CircuitBreaker;
  /** Outlives the pool: another certificate is another pool. */
  readonly state: EndpointState;
}

export type OnFailure = (code: FailureCode, detail: string) => void;

export class EndpointPool implements ConnectionOwner {
  readonly #options: PoolOptions;
  readonly #clock: Clock;
  readonly #breaker: CircuitBreaker;
  readonly #idle: ClientConnection[] = [];
  readonly #all = new Set<ClientConnection>();
  readonly #connecting = new Set<Connecting>();
  readonly #waiters: Waiter[] = [];
  /** Made when the first request wants HTTP/2. */
  #http2: Http2Pool | undefined;
  #draining = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#breaker = options.breaker;
  }

  get state(): EndpointState {
    return this.#options.state;
  }

  /** The instance's id. */
  get id(): string {
    return this.#options.endpoint.id;
  }

  /** By the clock's `now`: when the endpoint came, or was well again. */
  get since(): Milliseconds {
    return this.#options.state.since;
  }

  /** Requests that run or wait; what least-request balancing counts. */
  get active(): number {
    const http2 = this.#http2?.active ?? 0;
    return this.#all.size - this.#idle.length + this.#waiters.length + http2;
  }

  /** `protocol`: what the request is to travel by. */
  acquire(waiter: Waiter, protocol: Protocol): void {
    if (protocol === 'h2') return this.#acquireHttp2(waiter);
    const breaker = this.#breaker;
    const idle = this.#takeIdle();
    if (idle) return this.#lend(idle, waiter, false);
    if (!waiter.hold?.place && !breaker.mayWait)
      return waiter.onConnectFailure('overflow', tooManyPending(breaker));
    breaker.pending++;
    this.#waiters.push(waiter);
    this.#connectMore();
  }

  /** A connection for one tunnel, never shared and never used again. */
  openTunnel(onReady: OnReady, onFailure: OnFailure): Connecting {
    if (this.#breaker.mayConnect) {
      return connectCounted({ ...this.#options, protocol: 'tcp' }, onReady, onFailure);
    }
    // Told later, as every other failure is.
    return this.#clock.after(0, () => onFailure('overflow', tooManyConnections(this.#breaker)));
  }

  /** The waiter does not want a connection any more. */
  cancel(waiter: Waiter): void {
    const at = this.#waiters.indexOf(waiter);
    if (at < 0) return void this.#http2?.cancel(waiter);
    this.#waiters.splice(at, 1);
    this.#breaker.pending--;
  }

  /** Closes what is idle now and the rest when its request ends; new requests get new connections. */
  retire(): void {
    for (const connection of [...this.#all]) connection.retire();
    this.#http2?.retire();
  }

  /** As `retire`, and the pool itself is not used again. */
  drain(): void {
    this.#draining = true;
    this.retire();
    this.#http2?.drain();
  }

  /** Closes everything now. */
  destroy(): void {
    this.#draining = true;
    for (const attempt of this.#connecting) attempt.cancel();
    this.#connecting.clear();
    this.#breaker.pending -= this.#waiters.splice(0).length;
    for (const connection of [...this.#all]) connection.destroy();
    this.#http2?.destroy();
  }

  /** Closes idle connections whose time is over. */
  sweep(): void {
    const now = this.#clock.now();
    for (const connection of this.#idle.filter((one) => one.idleUntil <= now)) connection.destroy();
    this.#http2?.sweep();
  }

  onIdle(connection: ClientConnection): void {
    this.#takeBack(connection);
    const waiter = this.#nextWaiter();
    if (waiter) this.#lend(connection, waiter, false);
    else if (this.#draining) connection.destroy();
    else this.#idle.push(connection);
  }

  onClosed(connection: ClientConnection): void {
    this.#takeBack(connection);
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    // A place has become free for one who waits.
    this.#connectMore();
  }

  #acquireHttp2(waiter: Waiter): void {
    this.#http2 ??= new Http2Pool(this.#options);
    // Exchanges that began before a configuration go on with its clusters.
    if (this.#draining) this.#http2.drain();
    this.#http2.acquire(waiter);
  }

  /**
   * Envoy: an endpoint without a connection is given one even where others have used them all up;
   * else who waits for it would wait for ever.
   */
  #mayConnect(): boolean {
    return this.#breaker.mayConnect || this.#all.size + this.#connecting.size === 0;
  }

  /**
   * For those who wait, as many at a time as there are connections already, so that they double with
   * each handshake. Were all opened at once, a cold mesh under load would be busy with handshakes of
   * connections that nobody needs any more when they are open, until the callees give them up.
   */
  #connectMore(): void {
    while (
      this.#waiters.length > this.#connecting.size &&
      this.#connecting.size < Math.max(1, this.#all.size) &&
      this.#mayConnect()
    ) {
      this.#connect();
    }
  }

  #lend(connection: ClientConnection, waiter: Waiter, fresh: boolean): void {
    waiter.hold?.place?.leave();
    if (!this.#breaker.mayRequest) {
      this.onIdle(connection);
      return waiter.onConnectFailure('overflow', tooManyRequests(this.#breaker));
    }
    connection.lent = true;
    this.#breaker.requests++;
    waiter.onConnection(connection, fresh);
  }

  #takeBack(connection: ClientConnection): void {
    if (!connection.lent) return;
    connection.lent = false;
    this.#breaker.requests--;
  }

  #nextWaiter(): Waiter | undefined {
    const waiter = this.#waiters.shift();
    if (waiter) this.#breaker.pending--;
    return waiter;
  }

  #takeIdle(): ClientConnection | undefined {
    for (;;) {
      const connection = this.#idle.pop();
      if (!connection || connection.closed) {
        if (!connection) return undefined;
        continue;
      }
      if (connection.idleUntil > this.#clock.now()) return connection;
      connection.destroy();
    }
  }

  #connect(): void {
    const attempt = connectCounted(
      { ...this.#options, protocol: 'http/1.1' },
      (socket, times, peerSpiffeId, transport) => {
        this.#connecting.delete(attempt);
        const { clock, connections, limits } = this.#options;
        const connection = new ClientConnection(socket, this, {
          clock,
          limits,
          connections,
          times,
          peerSpiffeId,
          transport,
        });
        this.#all.add(connection);
        const waiter = this.#nextWaiter();
        if (waiter) this.#lend(connection, waiter, true);
        else this.onIdle(connection);
        this.#connectMore();
      },
      (code, detail) => {
        this.#connecting.delete(attempt);
        this.#failWaiters(code, detail);
      },
    );
    this.#connecting.add(attempt);
  }

  /** The one that it was for, and those that no other connection will come for. */
  #failWaiters(code: FailureCode, detail: string): void {
    do {
      this.#nextWaiter()?.onConnectFailure(code, detail);
    } while (this.#all.size === 0 && this.#waiters.length > this.#connecting.size);
    this.#connectMore();
  }
}

/** As `connectEndpoint`; the connection counts from the first packet until its socket is closed. */
export function connectCounted(
  options: ConnectOptions & { readonly breaker: CircuitBreaker },
  onReady: OnReady,
  onFailure: OnFailure,
): Connecting {
  const { breaker } = options;
  let counted = true;
  breaker.connections++;
  const release = (): void => {
    if (counted) breaker.connections--;
    counted = false;
  };
  const connecting = connectEndpoint(
    options,
    (socket: Socket, times, peerSpiffeId, transport) => {
      socket.once('close', release);
      onReady(socket, times, peerSpiffeId, transport);
    },
    (code, detail) => {
      release();
      onFailure(code, detail);
    },
  );
  return {
    cancel() {
      release();
      connecting.cancel();
    },
  };
}
