/** One accepted connection: reads its requests one after the other, and an exchange for each. */
import type { Socket } from 'node:net';
import type { ProtocolError } from '../codec/http1/head.ts';
import { requestKind } from '../codec/http1/kinds.ts';
import { MessageReader } from '../codec/http1/message-reader.ts';
import type { MessageSink } from '../codec/http1/message-reader.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import {
  answerHead,
  framingOf,
  interimHead,
  localAnswerText,
} from '../codec/http1/response-writer.ts';
import type { Framing } from '../codec/http1/response-writer.ts';
import { chunkPrefix, lastChunk } from '../codec/http1/serialize.ts';
import type { ExchangeContext } from '../exchange/context.ts';
import { Exchange } from '../exchange/exchange.ts';
import { recordRefusal } from '../exchange/refusal.ts';
import type { Downstream, LocalAnswer, Protocol, TunnelWatch } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import type { Cut } from '../shaping/stage.ts';
import { sendReset } from '../tunnel/tunnel.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import { Output } from './output.ts';
import type { AcceptedSocket } from './tcp-connection.ts';
import { UpgradedConnection } from './upgraded-connection.ts';

/** What a listener does with each of its connections, whatever they speak. */
export interface DownstreamConnection {
  /** Ends it now where it is idle, else after what is at hand. */
  drain(): void;
  destroy(): void;
  /** Called about once a second: whatever takes too long. */
  sweep(): void;
  /** Faults have come or gone: tells what is under way. Absent where faults act on nothing of it. */
  onFaultsChanged?(began: BegunFaults): void;
}

/** What a connection needs of its listener. */
export interface ConnectionHost {
  /** The configuration in force: each exchange keeps the one that it began with. */
  readonly context: ExchangeContext;
  /** The listener is going: no further request after the one at hand. */
  readonly draining: boolean;
  onConnectionClosed(connection: DownstreamConnection): void;
  /** Takes charge of a connection: it is drained, swept and destroyed with the listener. */
  keep(connection: DownstreamConnection): void;
}

export interface PeerInfo {
  readonly remoteAddress: string;
  readonly spiffeId: string;
  readonly clientCertificate: string;
}

/** After the last answer the caller may still be sending: it is read for this long, so that the
 * answer is not lost to a reset (RFC 9112 §9.6). */
const LINGER = 2_000;
/**
 * A caller that ends its side so soon after its request still waits for the answer (`printf … | nc`);
 * one that does it later has given up. The two look alike on the wire: Envoy takes both for the
 * latter, Node's server both for the former, and then nobody learns of callers that time out.
 */
const HALF_CLOSE = 100;

/** Why reading is stopped; it goes on when no reason is left. */
const Pause = { PIPELINED: 1, BODY: 2 } as const;

export class ServerConnection
  implements Downstream, DownstreamConnection, MessageSink<RequestHead>
{
  readonly remoteAddress: string;
  readonly peerSpiffeId: string;
  readonly clientCertificate: string;
  readonly #socket: Socket;
  /** The TCP socket below TLS; the same one where there is no TLS. */
  readonly #transport: Socket;
  readonly #host: ConnectionHost;
  readonly #output: Output;
  readonly #reader: MessageReader<RequestHead>;
  #exchange: Exchange | undefined;
  /** Of the exchange at hand. */
  #head: RequestHead | undefined;
  #framing: Framing = 'none';
  /** The answer at hand is this connection's last. */
  #lastAnswer = false;
  #sentBefore = 0;
  #pauses = 0;
  #closing = false;
  #closed = false;
  /** By the clock's `now`: when the last bytes came or went. */
  #active: number;
  #lingerSince: number | undefined;
  #headSince: number | undefined;
  /** When the request at hand was whole. */
  #wholeAt = -Infinity;
  /** The caller says no more, and still listens. */
  #halfClosed = false;

  constructor({ socket, transport }: AcceptedSocket, host: ConnectionHost, peer: PeerInfo) {
    this.#socket = socket;
    this.#transport = transport;
    this.#host = host;
    this.remoteAddress = peer.remoteAddress;
    this.peerSpiffeId = peer.spiffeId;
    this.clientCertificate = peer.clientCertificate;
    this.#output = new Output(socket);
    this.#active = this.#now();
    this.#reader = new MessageReader(requestKind, this, host.context.limits);
    socket.on('data', this.#onData);
    socket.on('drain', this.#onDrain);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onGone);
    socket.on('close', this.#onClose);
  }

  get protocol(): Protocol {
    return this.#head?.minorVersion === 0 ? 'http/1.0' : 'http/1.1';
  }

  get congested(): boolean {
    return this.#output.congested;
  }

  get sent(): number {
    return this.#output.written - this.#sentBefore;
  }

  drain(): void {
    if (!this.#exchange && !this.#reader.inHead) this.#endWrite();
    else this.#closing = true;
  }

  destroy(): void {
    this.#socket.destroy();
    this.#onClose();
  }

  /** Slow heads, stalled bodies, idle and lingering connections. */
  sweep(): void {
    const { limits } = this.#host.context;
    const now = this.#now();
    const quiet = now - this.#active;
    if (this.#lingerSince !== undefined) {
      if (now - this.#lingerSince > LINGER) this.destroy();
    } else if (this.#headSince !== undefined) {
      if (now - this.#headSince > limits.headTimeout) this.#refuse('request-timeout', 'its head');
    } else if (this.#exchange) {
      if (quiet > limits.bodyIdleTimeout) this.#onStalled();
    } else if (quiet > limits.keepAliveTimeout) {
      this.#endWrite();
    }
  }

  pauseBody(): void {
    this.#pause(Pause.BODY);
  }

  resumeBody(): void {
    this.#unpause(Pause.BODY);
  }

  sendContinue(): void {
    this.#output.text('HTTP/1.1 100 Continue\r\n\r\n');
    this.#sentBefore = this.#output.written;
  }

  sendInterim(head: ResponseHead): void {
    // RFC 9110 §15.2: an HTTP/1.0 client does not know them.
    if (this.#head?.minorVersion === 1) this.#output.text(interimHead(head));
  }

  startTunnel(head: ResponseHead, service: TunnelSide, watch: TunnelWatch): void {
    this.#exchange = undefined;
    this.#output.text(interimHead(head));
    this.#output.flush();
    const pending = this.#reader.release();
    this.#leave();
    const caller = { socket: this.#socket, transport: this.#transport, pending };
    this.#host.keep(new UpgradedConnection(caller, service, this.#host, watch));
    this.#host.onConnectionClosed(this);
  }

  sendHead(head: ResponseHead): void {
    const { method = 'GET', minorVersion = 1 } = this.#head ?? {};
    this.#framing = framingOf(head, method, minorVersion);
    this.#lastAnswer = this.#mustClose() || this.#framing === 'close';
    this.#output.text(answerHead(head, this.#framing, this.#lastAnswer));
  }

  sendBody(chunk: Buffer): void {
    if (this.#framing === 'chunked') {
      this.#output.text(chunkPrefix(chunk.length));
      this.#output.bytes(chunk);
      this.#output.text('\r\n');
    } else if (this.#framing !== 'none') {
      this.#output.bytes(chunk);
    }
  }

  sendEnd(trailers: readonly string[] | undefined): void {
    if (this.#framing === 'chunked') this.#output.text(lastChunk(trailers));
  }

  sendLocal(answer: LocalAnswer): void {
    const failed = answer.code !== '' && failureOf(answer.code).close;
    this.#lastAnswer = this.#mustClose() || failed;
    const method = this.#head?.method ?? 'GET';
    this.#output.text(localAnswerText(answer, method, this.#lastAnswer));
  }

  exchangeDone(): void {
    this.#exchange = undefined;
    this.#pauses = 0;
    if (this.#lastAnswer || this.#isClosing()) return this.#endWrite();
    this.#reader.next();
    if (this.#halfClosed && !this.#exchange) return this.#endWrite();
    if (this.#pauses === 0) this.#socket.resume();
  }

  abort(_code: FailureCode, how?: Cut): void {
    this.#output.flush();
    if (how === 'reset') sendReset(this.#transport);
    this.destroy();
  }

  onFaultsChanged(began: BegunFaults): void {
    this.#exchange?.onFaultsChanged(began);
  }

  onHead(head: RequestHead): void {
    this.#headSince = undefined;
    this.#head = head;
    this.#sentBefore = this.#output.written;
    this.#exchange = new Exchange(this.#host.context, this, head);
    // A request whose body is empty is whole before it starts, so that what answers it at once can
    // keep the connection.
    if (head.contentLength <= 0 && !head.chunked) this.#exchange.body.ended = true;
    this.#exchange.start();
  }

  onBody(chunk: Buffer): void {
    this.#exchange?.onBody(chunk);
  }

  onEnd(trailers: string[] | undefined): void {
    this.#wholeAt = this.#now();
    if (this.#exchange) this.#exchange.onEnd(trailers);
    else if (this.#lingerSince === undefined) this.#reader.next();
  }

  onProtocolError(error: ProtocolError): void {
    this.#refuse(error.code, error.message);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#active = this.#now();
    if (this.#lingerSince !== undefined) return;
    this.#reader.feed(chunk);
    if (this.#exchange) {
      if (this.#reader.hasPending) this.#pause(Pause.PIPELINED);
    } else {
      this.#headSince = this.#reader.inHead ? (this.#headSince ?? this.#active) : undefined;
    }
  };

  readonly #onDrain = (): void => {
    this.#active = this.#now();
    this.#exchange?.onDownstreamDrain();
  };

  readonly #onEnd = (): void => {
    // Other proxies of the mesh never end one side alone.
    const mayListen = this.#host.context.listener.direction !== 'inbound';
    const isWhole = this.#exchange?.body.ended ?? false;
    if (mayListen && isWhole && this.#now() - this.#wholeAt <= HALF_CLOSE) this.#halfClosed = true;
    else this.#onGone();
  };

  /** The caller has gone. As in Envoy, that cancels what it was waiting for. */
  readonly #onGone = (): void => {
    this.#exchange?.cancel('downstream-gone');
    this.#exchange = undefined;
    this.#reader.stop();
    if (this.#socket.destroyed) return;
    this.#output.flush();
    this.#socket.end();
    // Its own FIN has come already: nothing more to wait for than our last bytes being sent.
    this.#lingerSince ??= this.#now();
  };

  readonly #onClose = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#exchange?.cancel('downstream-gone');
    this.#exchange = undefined;
    this.#reader.stop();
    this.#host.onConnectionClosed(this);
  };

  /** The socket is somebody else's from here on. */
  #leave(): void {
    this.#closed = true;
    this.#socket.off('data', this.#onData);
    this.#socket.off('drain', this.#onDrain);
    this.#socket.off('end', this.#onEnd);
    this.#socket.off('error', this.#onGone);
    this.#socket.off('close', this.#onClose);
  }

  #isClosing(): boolean {
    return this.#closing || this.#host.draining;
  }

  /** No further request can be read behind the one at hand, or none is wanted. */
  #mustClose(): boolean {
    const head = this.#head;
    const requestIsWhole = this.#exchange?.body.ended ?? false;
    const isLast = this.#halfClosed && !this.#reader.hasPending;
    return (head?.close ?? false) || isLast || this.#isClosing() || !requestIsWhole;
  }

  /** Nothing has moved for long: either the caller sends no body, or it takes no answer. */
  #onStalled(): void {
    if (this.#reader.inBody && this.#pauses === 0) this.#refuse('request-timeout', 'its body');
    else if (this.#output.congested) this.destroy();
  }

  /** The bytes that follow cannot be trusted: says so, and ends the connection. */
  #refuse(code: FailureCode, detail: string): void {
    const failure = failureOf(code);
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#headSince = undefined;
    const answerable = exchange === undefined || !exchange.answered;
    if (exchange) exchange.cancel(code);
    else recordRefusal(this.#host.context, this, code);
    if (!answerable) return this.destroy();
    const message = `${failure.message}: ${detail}`;
    const answer = { status: failure.status, code, message, faults: '' };
    this.#output.text(localAnswerText(answer, 'GET', true));
    this.#endWrite();
  }

  #endWrite(): void {
    this.#closing = true;
    this.#lingerSince = this.#now();
    this.#reader.stop();
    this.#output.flush();
    this.#socket.end();
    this.#socket.resume();
  }

  #pause(reason: number): void {
    this.#pauses |= reason;
    this.#socket.pause();
  }

  #unpause(reason: number): void {
    if ((this.#pauses & reason) === 0) return;
    this.#pauses &= ~reason;
    if (this.#pauses === 0) this.#socket.resume();
  }

  #now(): number {
    return this.#host.context.services.clock.now();
  }
}
