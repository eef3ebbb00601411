/** The HTTP/2 sessions to one endpoint: as few as carry the streams that are wanted. */
import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { Milliseconds } from '../../base/units.ts';
import { CONNECTION_WINDOW, sessionMemory, sessionSettings } from '../codec/http2/settings.ts';
import type { ConnectTimes } from '../exchange/streams.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Connecting } from './connect.ts';
import { connectCounted } from './endpoint-pool.ts';
import type { PoolOptions, Waiter } from './endpoint-pool.ts';
import { Http2Stream } from './http2-stream.ts';
import type { StreamOwner } from './http2-stream.ts';
import { tooManyPending, tooManyRequests } from './overflow.ts';

/** Until the endpoint's SETTINGS have come (RFC 9113 §6.5.2 recommends no less). */
const FIRST_STREAMS = 100;
/** More is asked of an endpoint only where its streams are used up. */
const MOST_SESSIONS = 64;
/**
 * Streams given up on one session before another takes over. nghttp2's servers end a session with all
 * that runs on it after 1,000 resets, if more than 33 a second go on (CVE-2023-44487).
 */
const MOST_RESETS = 500;

export class Http2Pool {
  readonly #options: PoolOptions;
  readonly #breaker: CircuitBreaker;
  readonly #sessions = new Set<Session>();
  readonly #waiters: Waiter[] = [];
  #connecting: Connecting | undefined;
  #draining = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#breaker = options.breaker;
  }

  /** Streams that run, and requests that wait. */
  get active(): number {
    let streams = this.#waiters.length;
    for (const session of this.#sessions) streams += session.streams;
    return streams;
  }

  acquire(waiter: Waiter): void {
    const breaker = this.#breaker;
    const session = this.#free();
    if (session) return this.#lend(session, waiter, false);
    if (!waiter.hold?.place && !breaker.mayWait)
      return waiter.onConnectFailure('overflow', tooManyPending(breaker));
    breaker.pending++;
    this.#waiters.push(waiter);
    this.#connect();
  }

  cancel(waiter: Waiter): void {
    const at = this.#waiters.indexOf(waiter);
    if (at < 0) return;
    this.#waiters.splice(at, 1);
    this.#breaker.pending--;
  }

  /** Sessions take no further stream, and end with their last one. */
  retire(): void {
    for (const session of this.#sessions) session.retire();
  }

  /** As `retire`, and so is every session that those who wait, or try again, may still open. */
  drain(): void {
    this.#draining = true;
    this.retire();
  }

  destroy(): void {
    this.#connecting?.cancel();
    this.#connecting = undefined;
    this.#breaker.pending -= this.#waiters.splice(0).length;
    for (const session of [...this.#sessions]) session.destroy();
  }

  /** Ends sessions that nobody has used for too long. */
  sweep(): void {
    const { clock, connections } = this.#options;
    const since = clock.now() - connections.idleTimeout;
    for (const session of this.#sessions) {
      if (session.streams === 0 && session.lastUsed <= since) session.retire();
    }
  }

  /** A session has a place, or is gone. */
  onRoom(): void {
    for (let session = this.#free(); session && this.#waiters.length > 0; session = this.#free()) {
      this.#lend(session, this.#nextWaiter() as Waiter, false);
    }
    if (this.#waiters.length > 0) this.#connect();
    else if (this.#draining) this.retire();
  }

  onSessionClosed(session: Session): void {
    this.#sessions.delete(session);
    this.onRoom();
  }

  #free(): Session | undefined {
    for (const session of this.#sessions) if (session.hasRoom) return session;
    return undefined;
  }

  #lend(session: Session, waiter: Waiter, fresh: boolean): void {
    waiter.hold?.place?.leave();
    if (this.#breaker.mayRequest) return waiter.onConnection(session.open(), fresh);
    waiter.onConnectFailure('overflow', tooManyRequests(this.#breaker));
  }

  #nextWaiter(): Waiter | undefined {
    const waiter = this.#waiters.shift();
    if (waiter) this.#breaker.pending--;
    return waiter;
  }

  #connect(): void {
    if (this.#connecting || this.#sessions.size >= MOST_SESSIONS) return;
    if (!this.#breaker.mayConnect && this.#sessions.size > 0) return;
    this.#connecting = connectCounted(
      { ...this.#options, protocol: 'h2' },
      (socket, times, peerSpiffeId) => {
        this.#connecting = undefined;
        const session = new Session(this, this.#options, socket, times, peerSpiffeId);
        this.#sessions.add(session);
        const waiter = this.#nextWaiter();
        if (waiter) this.#lend(session, waiter, true);
        this.onRoom();
      },
      (code, detail) => {
        this.#connecting = undefined;
        // One connection was for all of them.
        const waiters = this.#waiters.splice(0);
        this.#breaker.pending -= waiters.length;
        for (const waiter of waiters) waiter.onConnectFailure(code, detail);
      },
    );
  }
}

class Session implements StreamOwner {
  readonly session: ClientHttp2Session;
  readonly times: ConnectTimes;
  readonly peerSpiffeId: string;
  streams = 0;
  spoken: boolean;
  /** By the clock's `now`. */
  lastUsed: Milliseconds;
  #opened = 0;
  readonly #pool: Http2Pool;
  readonly #options: PoolOptions;
  readonly #socket: Socket;
  #resets = 0;
  #retired = false;
  #closed = false;

  constructor(
    pool: Http2Pool,
    options: PoolOptions,
    socket: Socket,
    times: ConnectTimes,
    peerSpiffeId: string,
  ) {
    this.#pool = pool;
    this.#options = options;
    this.#socket = socket;
    this.lastUsed = options.clock.now();
    this.times = times;
    this.peerSpiffeId = peerSpiffeId;
    // TLS has agreed on it.
    this.spoken = peerSpiffeId !== '';
    this.session = connect('http://endpoint', {
      createConnection: () => socket,
      settings: { ...sessionSettings(options.limits), maxConcurrentStreams: 0 },
      maxSessionMemory: sessionMemory(options.limits),
      maxHeaderListPairs: options.limits.headerCount + 8,
      maxSendHeaderBlockLength: options.limits.headBytes * 2,
    });
    this.session.on('connect', () => this.session.setLocalWindowSize(CONNECTION_WINDOW));
    this.session.on('remoteSettings', () => {
      this.spoken = true;
      this.#pool.onRoom();
    });
    // RFC 9113 §6.8: streams that run go on; node:http2 resets those that the peer never took.
    this.session.on('goaway', () => this.retire());
    // Told by `close` to everybody whom it concerns.
    this.session.on('error', () => undefined);
    this.session.on('close', () => this.#onClose());
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.#onClose());
  }

  get hasRoom(): boolean {
    if (this.#retired || this.session.closed || this.session.destroyed) return false;
    return this.streams < (this.session.remoteSettings.maxConcurrentStreams ?? FIRST_STREAMS);
  }

  open(): Http2Stream {
    this.streams++;
    this.#opened++;
    this.#options.breaker.requests++;
    const most = this.#options.connections.maxRequestsPerConnection;
    if (this.#opened === most) this.#retired = true;
    return new Http2Stream(this);
  }

  retire(): void {
    this.#retired = true;
    // With its last stream: nghttp2 refuses requests that have not left before a GOAWAY of its own.
    if (this.streams === 0) this.session.close();
  }

  destroy(): void {
    this.session.destroy();
    this.#socket.destroy();
    this.#onClose();
  }

  onReset(): void {
    this.#resets++;
    if (this.#resets === MOST_RESETS) this.retire();
  }

  onStreamClosed(): void {
    this.streams--;
    this.#options.breaker.requests--;
    this.lastUsed = this.#options.clock.now();
    if (this.#retired && this.streams === 0) this.retire();
    this.#pool.onRoom();
  }

  #onClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#retired = true;
    this.#socket.destroy();
    this.#pool.onSessionClosed(this);
  }
}
