/** The connections to one endpoint: idle ones are used again, the newest first. */
import type { Clock } from '../../base/clock.ts';
import type { LimitsConfig } from '../config.ts';
import type { Protocol, UpstreamStream } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { ClientConnection } from './client-connection.ts';
import type { ConnectionOwner } from './client-connection.ts';
import { connectEndpoint } from './connect.ts';
import type { ConnectOptions, Connecting, OnReady } from './connect.ts';
import { Http2Pool } from './http2-pool.ts';

/** Who wants a connection. One of the two is called once, unless it was cancelled before. */
export interface Waiter {
  onConnection(stream: UpstreamStream, fresh: boolean): void;
  onConnectFailure(code: FailureCode, detail: string): void;
}

export interface PoolOptions extends Omit<ConnectOptions, 'protocol'> {
  readonly limits: LimitsConfig;
}

/** Envoy's default circuit breaker: max_connections and max_pending_requests. */
const MOST_CONNECTIONS = 1024;
const MOST_WAITERS = 1024;

export class EndpointPool implements ConnectionOwner {
  readonly #options: PoolOptions;
  readonly #clock: Clock;
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
  }

  get endpointId(): string {
    return this.#options.endpoint.id;
  }

  /** Requests that run or wait; what least-request balancing counts. */
  get active(): number {
    const http2 = this.#http2?.active ?? 0;
    return this.#all.size - this.#idle.length + this.#waiters.length + http2;
  }

  /** `protocol`: what the request is to travel by. */
  acquire(waiter: Waiter, protocol: Protocol): void {
    if (protocol === 'h2') return this.#acquireHttp2(waiter);
    const idle = this.#takeIdle();
    if (idle) return waiter.onConnection(idle, false);
    if (this.#waiters.length >= MOST_WAITERS) {
      return waiter.onConnectFailure('overflow', `${MOST_WAITERS} requests wait already`);
    }
    this.#waiters.push(waiter);
    if (this.#all.size + this.#connecting.size < MOST_CONNECTIONS) this.#connect();
  }

  /** A connection for one tunnel, never shared and never used again. */
  openTunnel(onReady: OnReady, onFailure: (code: FailureCode, detail: string) => void): Connecting {
    return connectEndpoint({ ...this.#options, protocol: 'tcp' }, onReady, onFailure);
  }

  /** The waiter does not want a connection any more. */
  cancel(waiter: Waiter): void {
    const at = this.#waiters.indexOf(waiter);
    if (at >= 0) this.#waiters.splice(at, 1);
    else this.#http2?.cancel(waiter);
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
  }

  /** Closes everything now. */
  destroy(): void {
    this.#draining = true;
    for (const attempt of this.#connecting) attempt.cancel();
    this.#connecting.clear();
    for (const connection of [...this.#all]) connection.destroy();
    this.#http2?.destroy();
  }

  /** Closes idle connections whose time is over. */
  sweep(): void {
    const now = this.#clock.now();
    for (const connection of this.#idle.filter((one) => one.idleUntil <= now)) connection.destroy();
  }

  onIdle(connection: ClientConnection): void {
    const waiter = this.#waiters.shift();
    if (waiter) waiter.onConnection(connection, false);
    else if (this.#draining) connection.destroy();
    else this.#idle.push(connection);
  }

  onClosed(connection: ClientConnection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    // A place has become free for one who waits.
    if (this.#waiters.length > this.#connecting.size) this.#connect();
  }

  #acquireHttp2(waiter: Waiter): void {
    this.#http2 ??= new Http2Pool(this.#options);
    if (this.#http2.waiting >= MOST_WAITERS) {
      return waiter.onConnectFailure('overflow', `${MOST_WAITERS} requests wait already`);
    }
    this.#http2.acquire(waiter);
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
    const attempt = connectEndpoint(
      { ...this.#options, protocol: 'http/1.1' },
      (socket, times, peerSpiffeId, transport) => {
        this.#connecting.delete(attempt);
        const { clock, limits } = this.#options;
        const connection = new ClientConnection(socket, this, {
          clock,
          limits,
          times,
          peerSpiffeId,
          transport,
        });
        this.#all.add(connection);
        const waiter = this.#waiters.shift();
        if (waiter) waiter.onConnection(connection, true);
        else this.onIdle(connection);
      },
      (code, detail) => {
        this.#connecting.delete(attempt);
        this.#waiters.shift()?.onConnectFailure(code, detail);
      },
    );
    this.#connecting.add(attempt);
  }
}
