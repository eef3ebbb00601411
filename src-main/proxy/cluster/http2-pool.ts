/** The HTTP/2 sessions to one endpoint: as few as carry the streams that are wanted. */
import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { CONNECTION_WINDOW, sessionMemory, sessionSettings } from '../codec/http2/settings.ts';
import type { ConnectTimes } from '../exchange/streams.ts';
import { connectEndpoint } from './connect.ts';
import type { Connecting } from './connect.ts';
import type { PoolOptions, Waiter } from './endpoint-pool.ts';
import { Http2Stream } from './http2-stream.ts';
import type { StreamOwner } from './http2-stream.ts';

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
  readonly #sessions = new Set<Session>();
  readonly #waiters: Waiter[] = [];
  #connecting: Connecting | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Streams that run, and requests that wait. */
  get active(): number {
    let streams = this.#waiters.length;
    for (const session of this.#sessions) streams += session.streams;
    return streams;
  }

  get waiting(): number {
    return this.#waiters.length;
  }

  acquire(waiter: Waiter): void {
    const session = this.#free();
    if (session) return waiter.onConnection(session.open(), false);
    this.#waiters.push(waiter);
    this.#connect();
  }

  /** Whether it was waiting here. */
  cancel(waiter: Waiter): boolean {
    const at = this.#waiters.indexOf(waiter);
    if (at >= 0) this.#waiters.splice(at, 1);
    return at >= 0;
  }

  /** Sessions take no further stream, and end with their last one. */
  retire(): void {
    for (const session of this.#sessions) session.retire();
  }

  destroy(): void {
    this.#connecting?.cancel();
    this.#connecting = undefined;
    for (const session of [...this.#sessions]) session.destroy();
  }

  /** A session has a place, or is gone. */
  onRoom(): void {
    for (let session = this.#free(); session && this.#waiters.length > 0; session = this.#free()) {
      this.#waiters.shift()?.onConnection(session.open(), false);
    }
    if (this.#waiters.length > 0) this.#connect();
  }

  onSessionClosed(session: Session): void {
    this.#sessions.delete(session);
    this.onRoom();
  }

  #free(): Session | undefined {
    for (const session of this.#sessions) if (session.hasRoom) return session;
    return undefined;
  }

  #connect(): void {
    if (this.#connecting || this.#sessions.size >= MOST_SESSIONS) return;
    this.#connecting = connectEndpoint(
      { ...this.#options, protocol: 'h2' },
      (socket, times, peerSpiffeId) => {
        this.#connecting = undefined;
        const session = new Session(this, this.#options, socket, times, peerSpiffeId);
        this.#sessions.add(session);
        this.#waiters.shift()?.onConnection(session.open(), true);
        this.onRoom();
      },
      (code, detail) => {
        this.#connecting = undefined;
        // One connection was for all of them.
        for (const waiter of this.#waiters.splice(0)) waiter.onConnectFailure(code, detail);
      },
    );
  }
}

class Session implements StreamOwner {
  readonly session: ClientHttp2Session;
  readonly times: ConnectTimes;
  readonly peerSpiffeId: string;
  streams = 0;
  readonly #pool: Http2Pool;
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
    this.#socket = socket;
    this.times = times;
    this.peerSpiffeId = peerSpiffeId;
    this.session = connect('http://endpoint', {
      createConnection: () => socket,
      settings: { ...sessionSettings(options.limits), maxConcurrentStreams: 0 },
      maxSessionMemory: sessionMemory(options.limits),
      maxHeaderListPairs: options.limits.headerCount + 8,
      maxSendHeaderBlockLength: options.limits.headBytes * 2,
    });
    this.session.on('connect', () => this.session.setLocalWindowSize(CONNECTION_WINDOW));
    this.session.on('remoteSettings', () => this.#pool.onRoom());
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
    return new Http2Stream(this);
  }

  retire(): void {
    this.#retired = true;
    if (!this.session.closed && !this.session.destroyed) this.session.close();
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
