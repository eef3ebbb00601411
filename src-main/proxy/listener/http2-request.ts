/** One stream of an HTTP/2 connection, as its exchange sees it. */
import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import { ProtocolError } from '../codec/http1/head.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { isBodiless } from '../codec/http1/kinds.ts';
import { trailerFields } from '../codec/http2/fields.ts';
import { localAnswerFields } from '../codec/http2/local-answer.ts';
import { readRequestFields } from '../codec/http2/request-head.ts';
import { responseFields } from '../codec/http2/response-head.ts';
import { Exchange } from '../exchange/exchange.ts';
import { recordRefusal } from '../exchange/refusal.ts';
import type { Downstream, LocalAnswer } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import { GrpcStatus, isGrpc } from '../grpc/status.ts';
import { reset } from '../tunnel/tunnel.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import type { Http2Connection } from './http2-connection.ts';

const EMPTY = Buffer.alloc(0);
const CUT_OFF = 'faultline: the answer was cut off';

export class Http2Request implements Downstream {
  readonly protocol = 'h2';
  readonly #connection: Http2Connection;
  readonly #stream: ServerHttp2Stream;
  #exchange: Exchange | undefined;
  #head: RequestHead | undefined;
  #trailers: string[] | undefined;
  #sent = 0;
  #answered = false;
  #done = false;
  /** By the clock's `now`: when bytes last came or went. */
  #active: number;

  constructor(connection: Http2Connection, stream: ServerHttp2Stream) {
    this.#connection = connection;
    this.#stream = stream;
    this.#active = this.#now();
    stream.on('trailers', (_headers, _flags, fields?: string[]) => (this.#trailers = fields));
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
    try {
      this.#head = readRequestFields(fields, complete, context.limits.headerCount);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return this.#refuse(error);
    }
    const exchange = new Exchange(context, this, this.#head);
    this.#exchange = exchange;
    this.#stream.on('drain', () => {
      this.#active = this.#now();
      exchange.onDownstreamDrain();
    });
    if (complete) exchange.body.ended = true;
    exchange.start();
    if (complete) return exchange.onEnd(undefined);
    this.#stream.on('data', (chunk: Buffer) => {
      this.#active = this.#now();
      exchange.onBody(chunk);
    });
    this.#stream.on('end', () => {
      if (!this.#stream.aborted) exchange.onEnd(this.#trailers);
    });
  }

  /** Called about once a second; `longest`: milliseconds without a byte in either direction. */
  sweep(longest: number): void {
    const isWaitingForCaller = !(this.#exchange?.body.ended ?? true) || this.congested;
    if (!isWaitingForCaller || this.#now() - this.#active <= longest) return;
    if (this.#answered) return this.abort();
    this.#cancel('request-timeout');
    this.#sendFailure('request-timeout', 'its body');
  }

  pauseBody(): void {
    this.#stream.pause();
  }

  resumeBody(): void {
    if (this.#stream.isPaused()) this.#stream.resume();
  }

  sendContinue(): void {
    if (this.#isOpen()) this.#stream.additionalHeaders({ ':status': 100 });
  }

  sendInterim(head: ResponseHead): void {
    if (this.#isOpen()) this.#stream.additionalHeaders(responseFields(head));
  }

  /** An HTTP/2 request never asks for an upgrade (RFC 9113 §8.6), so no service can answer with one. */
  startTunnel(_head: ResponseHead, service: TunnelSide): void {
    reset(service);
    this.abort();
  }

  sendHead(head: ResponseHead): void {
    this.#answered = true;
    if (!this.#isOpen()) return;
    const { method = 'GET' } = this.#head ?? {};
    // A head that says that nothing follows ends the stream: so gRPC's trailers-only answers stay such.
    const endStream = isBodiless(method, head.status) || head.contentLength === 0;
    this.#stream.respond(responseFields(head), {
      endStream,
      waitForTrailers: !endStream,
      sendDate: false,
    } as Parameters<ServerHttp2Stream['respond']>[1]);
  }

  sendBody(chunk: Buffer): void {
    this.#active = this.#now();
    this.#sent += chunk.length;
    if (this.#isOpen()) this.#stream.write(chunk);
  }

  sendEnd(trailers: readonly string[] | undefined): void {
    if (!this.#isOpen() || this.#stream.writableEnded) return;
    const fields = trailerFields(trailers);
    this.#stream.on('wantTrailers', () => this.#stream.sendTrailers(fields));
    this.#stream.end(EMPTY);
  }

  sendLocal(answer: LocalAnswer): void {
    this.#answered = true;
    if (!this.#isOpen()) return;
    const { method = 'GET' } = this.#head ?? {};
    const { fields, body } = localAnswerFields(answer, method, this.#isGrpc);
    this.#sent += body.length;
    this.#stream.respond(fields, { endStream: body === '' });
    if (body !== '') this.#stream.end(body);
  }

  exchangeDone(): void {
    this.#exchange = undefined;
    // The rest of a body that nobody reads any more (RFC 9113 §8.1): told, so that it stops coming.
    if (!this.#stream.readableEnded && !this.#stream.destroyed) this.#stream.resume();
    this.#finish(false);
  }

  abort(): void {
    this.#exchange = undefined;
    // A gRPC client reads a status wherever it comes; of a reset stream it knows INTERNAL only.
    if (this.#isGrpc && this.#isOpen()) {
      this.sendEnd(['grpc-status', String(GrpcStatus.UNAVAILABLE), 'grpc-message', CUT_OFF]);
    } else if (!this.#stream.destroyed) {
      this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    }
    this.#finish(false);
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
    this.#stream.resume();
    this.#finish(false);
  }

  /** The caller has given up, or its connection is lost. */
  #onGone(): void {
    this.#cancel('downstream-gone');
    this.#finish(true);
  }

  #onClose(): void {
    const reset = this.#stream.rstCode !== constants.NGHTTP2_NO_ERROR;
    this.#cancel('downstream-gone');
    this.#finish(reset);
  }

  #cancel(code: FailureCode): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.cancel(code);
  }

  #finish(reset: boolean): void {
    if (this.#done) return;
    this.#done = true;
    this.#connection.onRequestDone(this, reset);
  }

  get #isGrpc(): boolean {
    const { names = [], values = [] } = this.#head ?? {};
    return isGrpc(names, values);
  }

  #isOpen(): boolean {
    return !this.#stream.destroyed && !this.#stream.closed && this.#stream.writable;
  }

  #now(): number {
    return this.#connection.host.context.services.clock.now();
  }
}
