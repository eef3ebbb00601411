/** One accepted HTTP/2 connection: each of its streams is a request, and an exchange of its own. */
import { constants, performServerHandshake } from 'node:http2';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { CONNECTION_WINDOW, serverSessionOptions } from '../codec/http2/settings.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import { Http2Request } from './http2-request.ts';
import type { ConnectionHost, DownstreamConnection, PeerInfo } from './server-connection.ts';

/** Young requests that a caller may reset in one second; more is the rapid reset attack. */
const MOST_RESETS = 500;
const RESET_WINDOW = 1_000;
/** Milliseconds for a caller to see that its connection is over. */
const LINGER = 2_000;

export class Http2Connection implements DownstreamConnection {
  readonly peer: PeerInfo;
  readonly #host: ConnectionHost;
  readonly #socket: Socket;
  readonly #session: ServerHttp2Session;
  readonly #requests = new Set<Http2Request>();
  #idleSince: number;
  /** By the clock's `now`. */
  #drainingSince: number | undefined;
  #closed = false;
  #resets = 0;
  #resetsSince = 0;

  /** What was read of the socket already must have been given back to it (`unshift`). */
  constructor(socket: Socket, host: ConnectionHost, peer: PeerInfo) {
    this.#host = host;
    this.#socket = socket;
    this.peer = peer;
    this.#idleSince = this.#now();
    this.#session = performServerHandshake(socket, serverSessionOptions(host.context.limits));
    this.#session.on('stream', (stream, _headers, _flags, fields?: string[]) => {
      this.#onStream(stream, _flags, fields ?? flatten(_headers));
    });
    this.#session.on('connect', () => this.#session.setLocalWindowSize(CONNECTION_WINDOW));
    // What went wrong ends the session; its streams, and so their exchanges, are told by node:http2.
    this.#session.on('error', () => this.#session.destroy());
    this.#session.on('close', () => this.#onClose());
    socket.on('error', () => this.destroy());
    // Unlike HTTP/1.1, HTTP/2 does not work half-closed: no window would ever be opened again.
    socket.on('end', () => this.destroy());
    socket.on('close', () => this.#onClose());
  }

  get host(): ConnectionHost {
    return this.#host;
  }

  /**
   * GOAWAY: streams that run are finished, and the caller opens others elsewhere. Those that were on
   * their way are refused by it, and safe to send again (RFC 9113 §8.7); the gentle first GOAWAY that
   * refuses nothing (§6.8) is not to be had: nghttp2 ignores new streams behind any that is submitted.
   */
  drain(): void {
    this.#drainingSince ??= this.#now();
    this.#session.close();
  }

  destroy(): void {
    this.#session.destroy();
    this.#socket.destroy();
    this.#onClose();
  }

  sweep(): void {
    const { limits } = this.#host.context;
    for (const request of this.#requests) request.sweep(limits);
    const now = this.#now();
    if (this.#requests.size > 0) return;
    if (now - this.#idleSince > limits.keepAliveTimeout) this.drain();
    const over = Math.max(this.#drainingSince ?? Infinity, this.#idleSince);
    if (now - over > LINGER) this.destroy();
  }

  onFaultsChanged(began: BegunFaults): void {
    for (const request of [...this.#requests]) request.onFaultsChanged(began);
  }

  /** A request is over; `reset`: its caller gave it up before there was anything to see of it. */
  onRequestDone(request: Http2Request, reset: boolean): void {
    if (!this.#requests.delete(request)) return;
    this.#idleSince = this.#now();
    if (reset) this.#countReset();
  }

  #onStream(stream: ServerHttp2Stream, flags: number, fields: readonly string[]): void {
    const complete = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    const request = new Http2Request(this, stream);
    this.#requests.add(request);
    request.start(fields, complete);
  }

  /** CVE-2023-44487: opening and resetting streams at once costs the caller nothing and us much. */
  #countReset(): void {
    const now = this.#now();
    if (now - this.#resetsSince > RESET_WINDOW) {
      this.#resetsSince = now;
      this.#resets = 0;
    }
    this.#resets++;
    if (this.#resets <= MOST_RESETS || this.#session.destroyed) return;
    const why = new Error('too many requests were reset');
    this.#session.destroy(why, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }

  #onClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const request of [...this.#requests]) request.onConnectionLost();
    this.#socket.destroy();
    this.#host.onConnectionClosed(this);
  }

  #now(): number {
    return this.#host.context.services.clock.now();
  }
}

/** For a node:http2 that does not hand over the fields as they came. */
function flatten(headers: IncomingHttpHeaders): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one) => [name, one]),
  );
}
