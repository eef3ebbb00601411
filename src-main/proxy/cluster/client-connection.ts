/** One connection to an endpoint: sends one request at a time and reads its answer. */
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import { bad } from '../codec/http1/head.ts';
import type { ProtocolError } from '../codec/http1/head.ts';
import { ResponseKind } from '../codec/http1/kinds.ts';
import { MessageReader } from '../codec/http1/message-reader.ts';
import type { MessageSink } from '../codec/http1/message-reader.ts';
import { requestHeadText } from '../codec/http1/request-writer.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { chunkPrefix, lastChunk } from '../codec/http1/serialize.ts';
import type { LimitsConfig } from '../config.ts';
import type { ConnectionPoolConfig } from '../config/upstream.ts';
import type {
  ConnectTimes,
  OutgoingRequest,
  ResponseHandler,
  UpstreamStream,
} from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { Output } from '../listener/output.ts';
import { reset } from '../tunnel/tunnel.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';

/** What becomes of the connection between two requests. */
export interface ConnectionOwner {
  onIdle(connection: ClientConnection): void;
  onClosed(connection: ClientConnection): void;
}

const KEEP_ALIVE_TIMEOUT = /(?:^|[,;\s])timeout=(\d{1,6})/;

export interface ClientConnectionOptions {
  readonly clock: Clock;
  readonly limits: LimitsConfig;
  readonly connections: ConnectionPoolConfig;
  readonly times: ConnectTimes;
  readonly peerSpiffeId: string;
  /** The TCP socket below TLS; the same one where there is no TLS. */
  readonly transport: Socket;
}

/** Interim answers before a final one; more is a service that has gone wrong. */
const MOST_INTERIM = 16;

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
  /** Somebody's, until it is idle again or closed; kept by its owner. */
  lent = false;
  readonly #socket: Socket;
  readonly #transport: Socket;
  readonly #output: Output;
  readonly #owner: ConnectionOwner;
  readonly #clock: Clock;
  readonly #connections: ConnectionPoolConfig;
  readonly #kind = new ResponseKind();
  readonly #reader: MessageReader<ResponseHead>;
  #handler: ResponseHandler | undefined;
  #chunked = false;
  #requestDone = false;
  #responseDone = false;
  #interim = 0;
  /** The head of a 101: with its last byte the connection stops being HTTP. */
  #upgraded: ResponseHead | undefined;
  #reusable = true;
  #isReading = false;
  #idleFor: Milliseconds;
  #closed = false;

  constructor(socket: Socket, owner: ConnectionOwner, options: ClientConnectionOptions) {
    this.#socket = socket;
    this.#transport = options.transport;
    this.#owner = owner;
    this.#clock = options.clock;
    this.#connections = options.connections;
    this.#idleFor = options.connections.idleTimeout;
    this.times = options.times;
    this.peerSpiffeId = options.peerSpiffeId;
    this.#output = new Output(socket);
    this.#reader = new MessageReader(this.#kind, this, options.limits);
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('drain', this.#onDrain);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
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
    this.#kind.mayUpgrade = request.head.upgrade !== '';
    this.#interim = 0;
    this.#chunked = request.head.chunked;
    this.#requestDone = false;
    this.#responseDone = false;
    this.answered = false;
    this.requests++;
    if (this.requests > 1) this.#reader.next();
    if (this.requests === this.#connections.maxRequestsPerConnection) this.#reusable = false;
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
    if (head.status === 101) return void (this.#upgraded = head);
    if (head.status < 200) return this.#onInterimHead(head);
    this.#interim = 0;
    if (head.close) this.#reusable = false;
    this.#noteIdle(head);
    this.#handler?.onResponseHead(head);
  }

  onBody(chunk: Buffer): void {
    this.#handler?.onResponseBody(chunk);
  }

  onEnd(trailers: string[] | undefined): void {
    if (this.#upgraded) return;
    if (this.#interim > 0) return this.#reader.next();
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
    if (seconds === undefined) return;
    const kept = Math.max(0, Number(seconds) * 1000 - 1000);
    this.#idleFor = Math.min(kept, this.#connections.idleTimeout);
  }

  /**
   * Both halves are through: free for the next request, or at its end. Never in the middle of a read:
   * only behind it is known whether anything follows the answer.
   */
  #settle(): void {
    if (this.#isReading || !this.#requestDone || !this.#responseDone || this.#closed) return;
    this.#handler = undefined;
    // Bytes behind an answer belong to no request: response splitting, or a broken server.
    if (!this.#reusable || this.#reader.hasPending) return this.destroy();
    this.#socket.resume();
    this.idleUntil = this.#clock.now() + this.#idleFor;
    this.#owner.onIdle(this);
  }

  #onInterimHead(head: ResponseHead): void {
    this.#interim++;
    if (this.#interim > MOST_INTERIM) throw bad('too many interim answers');
    // The caller has had its 100 from us, as soon as it was waiting for one.
    if (head.status !== 100) this.#handler?.onInterimHead(head);
  }

  readonly #onData = (chunk: Buffer): void => {
    // Nobody has asked: a 408 before the end of an idle connection, or an attack on the next caller.
    if (!this.#handler) return this.destroy();
    this.#isReading = true;
    this.#reader.feed(chunk);
    this.#isReading = false;
    if (this.#upgraded) return this.#handOver(this.#upgraded);
    // What follows an answer is not read on: it belongs to nothing, and could go on for ever.
    if (this.#responseDone && this.#reader.hasPending) this.#socket.pause();
    this.#settle();
  };

  /** The socket is a tunnel's from here on: nothing in here listens to it any more. */
  #handOver(head: ResponseHead): void {
    const handler = this.#handler;
    this.#handler = undefined;
    this.#closed = true;
    const pending = this.#reader.release();
    this.#socket.pause();
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onEnd);
    this.#socket.off('drain', this.#onDrain);
    this.#socket.off('error', this.#onError);
    this.#socket.off('close', this.#onClose);
    this.#owner.onClosed(this);
    const side = { socket: this.#socket, transport: this.#transport, pending };
    if (handler) handler.onUpgraded(head, side);
    else reset(side);
  }

  readonly #onDrain = (): void => this.#handler?.onUpstreamDrain();

  readonly #onError = (error: NodeJS.ErrnoException): void =>
    this.#fail(failureOfSocket(error), error);

  readonly #onEnd = (): void => {
    const wasReading = this.#handler !== undefined && !this.#responseDone;
    this.#reusable = false;
    const cutOff = this.#reader.end();
    if (cutOff || (wasReading && !this.#responseDone)) {
      this.#fail('upstream-reset', new Error('the service closed the connection'));
    } else if (!this.#handler) {
      this.destroy();
    }
  };

  #fail(code: FailureCode, error: Error): void {
    const handler = this.#handler;
    this.destroy();
    handler?.onUpstreamFailure(code, error.message);
  }

  readonly #onClose = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    const handler = this.#handler;
    this.#handler = undefined;
    this.#owner.onClosed(this);
    handler?.onUpstreamFailure('upstream-reset', 'the connection was closed');
  };
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
  onInterimHead(): void {}
  onResponseHead(): void {}
  onResponseEnd(): void {}
  onUpgraded(_head: ResponseHead, service: TunnelSide): void {
    reset(service);
  }
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
