/** The door of the engine: the app over HTTP and JSON-RPC over a WebSocket, on loopback only. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { Clock, Timer } from '../base/clock.ts';
import { systemClock } from '../base/clock.ts';
import type { Closable } from '../base/disposable.ts';
import type { Bytes } from '../base/units.ts';
import { isOwnHost, isOwnOrigin, isToken } from './admission.ts';
import { readAppFiles, sendText, serveApp } from './app-files.ts';
import type { AppFiles } from './app-files.ts';
import type { Delta } from './contract/messages.ts';
import { writeDeltas } from './rpc.ts';
import type { Handlers } from './rpc.ts';
import { Session } from './session.ts';

export interface ApiServerOptions {
  /** On 127.0.0.1; 0: any free one. */
  readonly port: number;
  /** The built app; where it does not exist, requests for the app are answered with 503. */
  readonly rendererFolder?: string | undefined;
  /** Of Faultline, for the `server` header. */
  readonly version: string;
  readonly handlers: Handlers;
  /**
   * Errors of our own: a handler that broke, a message against the contract. Default: a warning of
   * the process.
   */
  readonly onError?: (error: unknown) => void;
  /** Default: a fresh random one. */
  readonly token?: string;
  readonly clock?: Clock;
  /** Bytes that may wait for a session before it counts as slow. Default 4 MiB. */
  readonly mostBuffered?: Bytes;
}

export interface ApiServer extends Closable {
  /** Of the app, with the token where no server, log or referrer sees it: behind the `#`. */
  readonly url: string;
  readonly port: number;
  /** Tells every session that has subscribed. */
  broadcast(deltas: Delta[]): void;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** A document is text of a few kilobytes; nothing else that comes in is larger. */
const MOST_INCOMING = 2 * 1024 * 1024;
const MOST_BUFFERED = 4 * 1024 * 1024;
const MOST_SESSIONS = 64;
const HEARTBEAT = 15_000;
const CLOSE_TIME = 500;
/** WebSocket close codes (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;

/** @throws NodeJS.ErrnoException where the port cannot be had (`EADDRINUSE`, `EACCES`). */
export async function createApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { rendererFolder: folder } = options;
  const files: AppFiles = folder === undefined ? new Map() : await readAppFiles(folder);
  const server = new Api(options, files);
  await server.listen(options.port);
  return server;
}

class Api implements ApiServer {
  readonly #options: ApiServerOptions;
  readonly #files: AppFiles;
  readonly #onError: (error: unknown) => void;
  readonly #token: string;
  readonly #clock: Clock;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_INCOMING });
  readonly #sessions = new Map<WebSocket, Session>();
  #heartbeat: Timer | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: ApiServerOptions, files: AppFiles) {
    this.#options = options;
    this.#files = files;
    this.#onError = options.onError ?? warn;
    this.#token = options.token ?? randomBytes(32).toString('base64url');
    this.#clock = options.clock ?? systemClock;
    this.#http = createServer((req, res) => this.#onRequest(req, res));
    this.#http.on('upgrade', (req, socket, head) => this.#onUpgrade(req, socket, head));
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://${LOOPBACK}:${this.port}/#token=${this.#token}`;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, LOOPBACK, () => {
        this.#http.off('error', reject);
        resolve();
      });
    });
    this.#beat();
  }

  broadcast(deltas: Delta[]): void {
    if (deltas.length === 0 || this.#sessions.size === 0) return;
    const text = this.#write(deltas);
    if (text === undefined) return;
    for (const session of this.#sessions.values()) session.follow(text);
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    this.#heartbeat?.cancel();
    const ended = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    for (const socket of this.#sessions.keys()) socket.close(GOING_AWAY, 'the engine stops');
    // An end that does not answer the closing handshake must not hold up the stop.
    const patience = this.#clock.after(CLOSE_TIME, () => {
      for (const socket of this.#sessions.keys()) socket.terminate();
    });
    this.#http.closeAllConnections();
    await ended;
    patience.cancel();
  }

  #write(deltas: Delta[]): string | undefined {
    try {
      return writeDeltas(deltas);
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }

  #onRequest(req: IncomingMessage, res: ServerResponse): void {
    res.setHeader('server', `Faultline/${this.#options.version}`);
    res.setHeader('x-content-type-options', 'nosniff');
    if (!isOwnHost(req.headers, this.port)) {
      sendText(res, 403, 'open Faultline by its loopback address, http://127.0.0.1');
      return;
    }
    for (const [name, value] of pageHeaders(req.headers.host ?? '')) res.setHeader(name, value);
    serveApp(this.#files, req, res);
  }

  #onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.#refusal(req);
    if (refusal) {
      // The caller may be gone before it reads this; then there is nobody left to tell.
      socket.on('error', () => socket.destroy());
      socket.once('finish', () => socket.destroy());
      socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(req, socket, head, (opened) => this.#open(opened));
  }

  /** Why this caller gets no session; nothing that it sends is read before. */
  #refusal(req: IncomingMessage): string | undefined {
    const { headers } = req;
    if (!isOwnHost(headers, this.port) || !isOwnOrigin(headers, this.port)) return '403 Forbidden';
    const [path, query] = (req.url ?? '').split('?', 2);
    if (path !== '/rpc') return '404 Not Found';
    if (!isToken(new URLSearchParams(query).get('token'), this.#token)) return '401 Unauthorized';
    if (this.#sessions.size >= MOST_SESSIONS) return '503 Service Unavailable';
    return undefined;
  }

  #open(socket: WebSocket): void {
    const { handlers, mostBuffered = MOST_BUFFERED } = this.#options;
    const session = new Session(socket, { handlers, onError: this.#onError, mostBuffered });
    this.#sessions.set(socket, session);
    socket.on('message', (data: RawData, isBinary: boolean) => {
      session.heard();
      if (isBinary) socket.close(UNSUPPORTED_DATA, 'text frames only');
      else session.receive(data.toString());
    });
    socket.on('pong', () => session.heard());
    // A frame that is too large or malformed: ws has answered it and closes; `close` follows.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#sessions.delete(socket));
  }

  #beat(): void {
    this.#heartbeat = this.#clock.after(HEARTBEAT, () => {
      for (const session of this.#sessions.values()) session.beat();
      this.#beat();
    });
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

/** `host`: checked to be our own; named for browsers whose 'self' does not cover WebSockets. */
function pageHeaders(host: string): [string, string][] {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    // Widgets measure and place themselves with style elements of their own.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return [
    ['content-security-policy', policy.join('; ')],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ];
}
