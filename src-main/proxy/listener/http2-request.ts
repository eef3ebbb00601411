/** One stream of an HTTP/2 connection, as its exchange sees it. */
import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import type { Milliseconds } from '../../base/units.ts';
import { ProtocolError } from '../codec/http1/head.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { isBodiless } from '../codec/http1/kinds.ts';
import { trailerFields } from '../codec/http2/fields.ts';
import { localAnswerFields } from '../codec/http2/local-answer.ts';
import { readRequestFields } from '../codec/http2/request-head.ts';
import { responseFields } from '../codec/http2/response-head.ts';
import type { LimitsConfig } from '../config.ts';
import { Exchange } from '../exchange/exchange.ts';
import { recordRefusal } from '../exchange/refusal.ts';
import type { Downstream, LocalAnswer } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import { encodeGrpcMessage, grpcStatusOfHttp, isGrpc } from '../grpc/status.ts';
import { reset } from '../tunnel/tunnel.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import type { Http2Connection } from './http2-connection.ts';

/** Milliseconds: a request that was reset before it was as old may never have been meant. */
const YOUNG = 1_000;

export class Http2Request implements Downstream {
  readonly protocol = 'h2';
  readonly #connection: Http2Connection;
  readonly #stream: ServerHttp2Stream;
  #exchange: Exchange | undefined;
  #head: RequestHead | undefined;
  #trailers: string[] | undefined;
  #sent = 0;
  #answered = false;
  /** Of the answer, or so it may be. */
  #hasTrailers = false;
  /** The last of its body, or its head alone where there is none, has come. */
  #received = false;
  /** Nobody reads its body any more. */
  #over = false;
  #done = false;
  /** By the clock's `now`. */
  readonly #since: number;
  /** By the clock's `now`: when bytes last came or went. */
  #active: number;

  constructor(connection: Http2Connection, stream: ServerHttp2Stream) {
    this.#connection = connection;
    this.#stream = stream;
    this.#since = this.#now();
    this.#active = this.#since;
    stream.on('aborted', () => this.#onGone());
    // A stream's error is told by its `close` as well, with the code that it was reset with.
    stream.on('error', () => this.#onGone());
    stream.on('close', () => this.#onClose());
  }

  get remoteAddress(): string {
    return this.#connection.peer.remoteAddress;
  }
  get peerSpiffeId(): string {
    return this.#connection.peer.spiffeId;
  }
  get clientCertificate(): string {
    return this.#connection.peer.clientCertificate;
  }
  get congested(): boolean {
    return this.#stream.writableNeedDrain;
  }
  get sent(): number {
    return this.#sent;
  }

  /** @param complete its head ended the stream: there is no body. */
  start(fields: readonly string[], complete: boolean): void {
    const { context } = this.#connection.host;
    this.#received = complete;
    try {
      this.#head = readRequestFields(fields, complete, context.limits.headerCount);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return this.#refuse(error);
    }
    const exchange = new Exchange(context, this, this.#head);
    this.#exchange = exchange;
    if (complete) exchange.body.ended = true;
    exchange.start();
    if (complete) return exchange.onEnd(undefined);
    this.#stream.on('trailers', (_headers, _flags, given?: string[]) => (this.#trailers = given));
    this.#stream.on('data', (chunk: Buffer) => {
      this.#active = this.#now();
      exchange.onBody(chunk);
    });
    this.#stream.on('end', () => {
      if (this.#stream.aborted) return;
      this.#received = true;
      exchange.onEnd(this.#trailers);
    });
  }

  /** Called about once a second: ends what its caller leaves lying. */
  sweep(limits: LimitsConfig): void {
    const longest = this.#patience(limits);
    if (longest === 0 || this.#now() - this.#active <= longest) return;
    if (this.#answered) return this.#giveUp('tunnel-idle');
    this.#cancel('request-timeout');
    this.#sendFailure('request-timeout', 'its body');
  }

  onFaultsChanged(began: BegunFaults): void {
    this.#exchange?.onFaultsChanged(began);
  }

  pauseBody(): void {
    this.#stream.pause();
  }

  resumeBody(): void {
    if (this.#stream.isPaused()) this.#stream.resume();
  }

  sendContinue(): void {
    if (this.#isAnswerable()) this.#stream.additionalHeaders({ ':status': 100 });
  }

  sendInterim(head: ResponseHead): void {
    if (this.#isAnswerable()) this.#stream.additionalHeaders(responseFields(head));
  }

  /** An HTTP/2 request never asks for an upgrade (RFC 9113 §8.6), so no service can answer with one. */
  startTunnel(_head: ResponseHead, service: TunnelSide): void {
    reset(service);
    this.#giveUp('downstream-gone');
  }

  sendHead(head: ResponseHead): void {
    this.#answered = true;
    if (!this.#isAnswerable()) return;
    const { method = 'GET' } = this.#head ?? {};
    // A head that says that nothing follows ends the stream: so gRPC's trailers-only answers stay such.
    const endStream = isBodiless(method, head.status) || head.contentLength === 0;
    // To wait for them costs a frame of its own and a turn of the event loop.
    this.#hasTrailers = !endStream && (head.chunked || head.names.includes('trailer'));
    this.#stream.respond(responseFields(head), {
      endStream,
      waitForTrailers: this.#hasTrailers,
      sendDate: false,
    } as Parameters<ServerHttp2Stream['respond']>[1]);
  }

  sendBody(chunk: Buffer): void {
    this.#active = this.#now();
    this.#sent += chunk.length;
    if (!this.#stream.writable || this.#stream.write(chunk)) return;
    if (this.#stream.listenerCount('drain') > 0) return;
    this.#stream.once('drain', () => {
      this.#active = this.#now();
      this.#exchange?.onDownstreamDrain();
    });
  }

  sendEnd(trailers: readonly string[] | undefined): void {
    const stream = this.#stream;
    if (!stream.writable) return;
    if (!this.#hasTrailers) return void stream.end();
    const fields = trailerFields(trailers);
    stream.on('wantTrailers', () => {
      stream.sendTrailers(fields);
      // node:http2 sends them in a `setImmediate` of its own, which is before this one.
      if (this.#over) setImmediate(() => this.#refuseRest());
    });
    stream.end();
  }

  sendLocal(answer: LocalAnswer): void {
    this.#answered = true;
    if (!this.#isAnswerable()) return;
    const { method = 'GET' } = this.#head ?? {};
    const { fields, body } = localAnswerFields(answer, method, this.#isGrpc);
    this.#sent += body.length;
    this.#stream.respond(fields, { endStream: body === '' });
    if (body !== '') this.#stream.end(body);
  }

  exchangeDone(): void {
    this.#exchange = undefined;
    this.#over = true;
    if (!this.#received) this.#stream.resume();
    // Trailers come before it, where there are any.
    if (!this.#hasTrailers) this.#refuseRest();
  }

  abort(code: FailureCode): void {
    this.#exchange = undefined;
    this.#over = true;
    const { status, message } = failureOf(code);
    // A gRPC client reads a status wherever it comes; of a reset stream it knows INTERNAL only.
    if (this.#isGrpc && this.#hasTrailers && this.#stream.writable) {
      this.sendEnd([
        ...['grpc-status', String(grpcStatusOfHttp(status))],
        ...['grpc-message', encodeGrpcMessage(`faultline: ${message} (${code})`)],
      ]);
    } else {
      this.#giveUp(code);
    }
  }

  onConnectionLost(): void {
    this.#onGone();
  }

  #refuse(error: ProtocolError): void {
    recordRefusal(this.#connection.host.context, this, error.code);
    this.#sendFailure(error.code, error.message);
  }

  #sendFailure(code: FailureCode, detail: string): void {
    const { status, message } = failureOf(code);
    this.sendLocal({ status, code, message: `${message}: ${detail}`, faults: '' });
    this.exchangeDone();
  }

  /**
   * How long it may be quiet, in milliseconds; 0: for ever. A caller that owes something (a body,
   * or to read its answer) has as long as one of HTTP/1.1; a call of gRPC may well be a
   * conversation, and is as patient as a tunnel.
   */
  #patience({ bodyIdleTimeout, tunnelIdleTimeout }: LimitsConfig): Milliseconds {
    const isUnread =
      this.#stream.writableLength > 0 || (this.#over && !this.#stream.writableFinished);
    if (isUnread) return bodyIdleTimeout;
    if (this.#received) return 0;
    return this.#isGrpc ? tunnelIdleTimeout : bodyIdleTimeout;
  }

  /** RFC 9113 §8.1: the answer is complete, and what the caller still sends is for nobody. */
  #refuseRest(): void {
    const stream = this.#stream;
    if (!this.#received && !stream.closed) stream.close(constants.NGHTTP2_NO_ERROR);
  }

  /** Cut off: so that nobody takes it for complete. */
  #giveUp(code: FailureCode): void {
    const stream = this.#stream;
    this.#cancel(code);
    if (!stream.destroyed) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  /** The caller has given up, or its connection is lost. */
  #onGone(): void {
    this.#cancel('downstream-gone');
  }

  #onClose(): void {
    this.#cancel('downstream-gone');
    if (this.#done) return;
    this.#done = true;
    const { rstCode } = this.#stream;
    const early = !this.#answered && this.#now() - this.#since < YOUNG;
    this.#connection.onRequestDone(this, early && rstCode !== constants.NGHTTP2_NO_ERROR);
  }

  #cancel(code: FailureCode): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.cancel(code);
  }

  get #isGrpc(): boolean {
    const { names = [], values = [] } = this.#head ?? {};
    return isGrpc(names, values);
  }

  /** node:http2 ends the writable side of a HEAD before its answer: `writable` says nothing here. */
  #isAnswerable(): boolean {
    const { destroyed, closed, headersSent } = this.#stream;
    return !destroyed && !closed && !headersSent;
  }

  #now(): number {
    return this.#connection.host.context.services.clock.now();
  }
}
