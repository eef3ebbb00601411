/** One connection to an endpoint: sends one request at a time and reads its answer. */
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { ProtocolError } from '../codec/http1/head.ts';
import { ResponseKind } from '../codec/http1/kinds.ts';
import { MessageReader } from '../codec/http1/message-reader.ts';
import type { MessageSink } from '../codec/http1/message-reader.ts';
import { requestHeadText } from '../codec/http1/request-writer.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { chunkPrefix, lastChunk } from '../codec/http1/serialize.ts';
import type { LimitsConfig } from '../config.ts';
import type {
  ConnectTimes,
  OutgoingRequest,
  ResponseHandler,
  UpstreamStream,
} from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { Output } from '../listener/output.ts';

/** What becomes of the connection between two requests. */
export interface ConnectionOwner {
  onIdle(connection: ClientConnection): void;
  onClosed(connection: ClientConnection): void;
}

/** Node's servers close an idle connection after 5 s without saying so in HTTP/1.0; see `#noteIdle`. */
const DEFAULT_IDLE = 60_000;
const KEEP_ALIVE_TIMEOUT = /(?:^|[,;\s])timeout=(\d{1,6})/;

export class ClientConnection implements UpstreamStream, MessageSink<ResponseHead> {
  readonly protocol = 'http/1.1';
  readonly times: ConnectTimes;
  readonly peerSpiffeId: string;
  /** Requests begun on it. */
  requests = 0;
  /** Answer bytes of the request at hand have arrived. */
  answered = false;
  /** By the clock's `now`: after this it is not used again. */
  idleUntil = Infinity;
  readonly #socket: Socket;
  readonly #output: Output;
  readonly #owner: ConnectionOwner;
  readonly #clock: Clock;
  readonly #kind = new ResponseKind();
  readonly #reader: MessageReader<ResponseHead>;
  #handler: ResponseHandler | undefined;
  #chunked = false;
  #requestDone = false;
  #responseDone = false;
  #interim = false;
  #reusable = true;
  #idleFor = DEFAULT_IDLE;
  #closed = false;

  constructor(
    socket: Socket,
    owner: ConnectionOwner,
    options: { clock: Clock; limits: LimitsConfig; times: ConnectTimes; peerSpiffeId: string },
  ) {
    this.#socket = socket;
    this.#owner = owner;
    this.#clock = options.clock;
    this.times = options.times;
    this.peerSpiffeId = options.peerSpiffeId;
    this.#output = new Output(socket);
    this.#reader = new MessageReader(this.#kind, this, options.limits);
    socket.on('data', (chunk: Buffer) => this.#reader.feed(chunk));
    socket.on('end', () => this.#onEnd());
    socket.on('drain', () => this.#handler?.onUpstreamDrain());
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(failureOfSocket(error), error));
    socket.on('close', () => this.#onClose());
  }

  get closed(): boolean {
    return this.#closed || this.#socket.destroyed;
  }

  get congested(): boolean {
    return this.#output.congested;
  }

  begin(handler: ResponseHandler, request: OutgoingRequest): void {
    this.#handler = handler;
    this.#kind.method = request.head.method;
    this.#chunked = request.head.chunked;
    this.#requestDone = false;
    this.#responseDone = false;
    this.answered = false;
    this.requests++;
    if (this.requests > 1) this.#reader.next();
    this.#output.text(requestHeadText(request));
  }

  sendBody(chunk: Buffer): void {
    if (this.#chunked) this.#output.text(chunkPrefix(chunk.length));
    this.#output.bytes(chunk);
    if (this.#chunked) this.#output.text('\r\n');
  }

  sendEnd(trailers: readonly string[] | undefined): void {
    if (this.#chunked) this.#output.text(lastChunk(trailers));
    this.#requestDone = true;
    this.#settle();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Not to be used for another request; closed at once where none is running. */
  retire(): void {
    this.#reusable = false;
    if (!this.#handler) this.destroy();
  }

  discard(): void {
    this.#handler = new Discard(() => this.destroy());
  }

  destroy(): void {
    this.#handler = undefined;
    this.#reader.stop();
    this.#socket.destroy();
    this.#onClose();
  }

  onHead(head: ResponseHead): void {
    this.answered = true;
    this.#interim = head.status < 200;
    if (this.#interim) return;
    if (head.close) this.#reusable = false;
    this.#noteIdle(head);
    this.#handler?.onResponseHead(head);
  }

  onBody(chunk: Buffer): void {
    this.#handler?.onResponseBody(chunk);
  }

  onEnd(trailers: string[] | undefined): void {
    if (this.#interim) {
      this.#interim = false;
      this.#reader.next();
      return;
    }
    const handler = this.#handler;
    this.#responseDone = true;
    handler?.onResponseEnd(trailers);
    this.#settle();
  }

  onProtocolError(error: ProtocolError): void {
    this.#fail('upstream-protocol', error);
  }

  /**
   * An endpoint that says how long it keeps an idle connection is believed, less a second: using it
   * later is the race that shows as sporadic resets (Envoy's UC with Node services).
   */
  #noteIdle(head: ResponseHead): void {
    const at = head.names.indexOf('keep-alive');
    if (at < 0) return;
    const seconds = KEEP_ALIVE_TIMEOUT.exec(head.values[at] as string)?.[1];
    if (seconds !== undefined) this.#idleFor = Math.max(0, Number(seconds) * 1000 - 1000);
  }

  /** Both halves are through: free for the next request, or at its end. */
  #settle(): void {
    if (!this.#requestDone || !this.#responseDone || this.#closed) return;
    this.#handler = undefined;
    // Bytes behind an answer belong to no request: response splitting, or a broken server.
    if (!this.#reusable || this.#reader.hasPending) return this.destroy();
    this.#socket.resume();
    this.idleUntil = this.#clock.now() + this.#idleFor;
    this.#owner.onIdle(this);
  }

  #onEnd(): void {
    const wasReading = this.#handler !== undefined && !this.#responseDone;
    this.#reusable = false;
    const cutOff = this.#reader.end();
    if (cutOff || (wasReading && !this.#responseDone)) {
      this.#fail('upstream-reset', new Error('the service closed the connection'));
    } else if (!this.#handler) {
      this.destroy();
    }
  }

  #fail(code: FailureCode, error: Error): void {
    const handler = this.#handler;
    this.destroy();
    handler?.onUpstreamFailure(code, error.message);
  }

  #onClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    const handler = this.#handler;
    this.#handler = undefined;
    this.#owner.onClosed(this);
    handler?.onUpstreamFailure('upstream-reset', 'the connection was closed');
  }
}

/** A longer answer that nobody wants costs more than a new connection. */
const MOST_DISCARDED = 64 * 1024;

class Discard implements ResponseHandler {
  readonly #giveUp: () => void;
  #bytes = 0;

  constructor(giveUp: () => void) {
    this.#giveUp = giveUp;
  }

  onResponseBody(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > MOST_DISCARDED) this.#giveUp();
  }

  // Nobody waits for any of these.
  onResponseHead(): void {}
  onResponseEnd(): void {}
  onUpstreamFailure(): void {}
  onUpstreamDrain(): void {}
}

/**
 * In TLS 1.3 the other side judges our certificate after we think we are connected, so its refusal
 * arrives as an alert on the established connection.
 */
function failureOfSocket(error: NodeJS.ErrnoException): FailureCode {
  return error.code?.startsWith('ERR_SSL') ? 'connect-failure' : 'upstream-reset';
}
