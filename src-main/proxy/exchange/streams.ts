/**
 * The seam between an exchange and the wire: what it says to the caller's side and to the service's
 * side, in messages, whichever protocol carries them. HTTP/1.1 implements it with a connection,
 * HTTP/2 with a stream of one.
 */
import type { Bytes, Milliseconds } from '../../base/units.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { FailureCode } from '../failures.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import type { Cut } from '../shaping/stage.ts';
import type { Tunnel, TunnelEnd, TunnelSide } from '../tunnel/tunnel.ts';

/** As it stands in hop records. */
export type Protocol = 'http/1.0' | 'http/1.1' | 'h2';

/** An answer of the proxy's own, body and all. */
export interface LocalAnswer {
  readonly status: number;
  /** For the header `x-faultline-failure`; empty where nothing failed (a redirect). */
  readonly code: FailureCode | '';
  /** What is told to a person. */
  readonly message: string;
  /** For callers that speak gRPC; absent: what the HTTP status maps to. */
  readonly grpcStatus?: number;
  /** Names of the faults that acted, or empty. */
  readonly faults: string;
  /** Names in lower case. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Instead of the message; with its own content-type among `headers`. */
  readonly body?: string;
}

export interface TunnelWatch {
  /** Without a byte in either direction; undefined: the proxy's own. */
  readonly idleTimeout: Milliseconds | undefined;
  onStart(tunnel: Tunnel): void;
  onFaultsChanged(began: BegunFaults): void;
  /** It is open; told every few seconds. */
  onOpen(tunnel: Tunnel): void;
  onEnd(tunnel: Tunnel, end: TunnelEnd): void;
}

/** Where one request came from, and where its answer goes. */
export interface Downstream {
  readonly protocol: Protocol;
  readonly remoteAddress: string;
  /** Of the caller's certificate; empty without mutual TLS. */
  readonly peerSpiffeId: string;
  /** The x-forwarded-client-cert line about the caller; empty without mutual TLS. */
  readonly clientCertificate: string;
  /** The caller takes bytes more slowly than they come: wait for the exchange's `onDownstreamDrain`. */
  readonly congested: boolean;
  /** Bytes of the answer at hand, as they went out. */
  readonly sent: Bytes;
  /** Stops and resumes reading the request's body. */
  pauseBody(): void;
  resumeBody(): void;
  /** The body that the caller holds back may come (100 Continue). */
  sendContinue(): void;
  sendHead(head: ResponseHead): void;
  sendBody(chunk: Buffer): void;
  sendEnd(trailers: readonly string[] | undefined): void;
  /** Before the answer: 102, 103 (RFC 9110 §15.2). */
  sendInterim(head: ResponseHead): void;
  /**
   * Sends the head of a 101 and joins the connection with the service's: from here on it is a tunnel.
   * `onEnd` is called once, when that has ended.
   */
  startTunnel(head: ResponseHead, service: TunnelSide, watch: TunnelWatch): void;
  /** Instead of the head, the body and the end. */
  sendLocal(answer: LocalAnswer): void;
  /** The answer is written whole and recorded: the exchange is over. */
  exchangeDone(): void;
  /** The answer cannot be finished: it is cut off, so that nobody takes it for complete. */
  abort(code: FailureCode, how?: Cut): void;
}

/** What a try says to the service, on a connection or stream that it has for itself. */
export interface UpstreamStream {
  readonly protocol: Protocol;
  /** Of the endpoint's certificate; empty without mutual TLS. */
  readonly peerSpiffeId: string;
  /** How long the connection took to come about. */
  readonly times: ConnectTimes;
  /** The endpoint takes bytes more slowly than they come: wait for `onUpstreamDrain`. */
  readonly congested: boolean;
  /** Answer bytes of the request at hand have arrived. */
  readonly answered: boolean;
  /** Takes the stream for one request, and sends its head. */
  begin(handler: ResponseHandler, request: OutgoingRequest): void;
  sendBody(chunk: Buffer): void;
  sendEnd(trailers: readonly string[] | undefined): void;
  /** Stops and resumes reading the answer. */
  pause(): void;
  resume(): void;
  /** The rest of the answer is for nobody; the connection is kept where that ends soon. */
  discard(): void;
  /** Gives up what is running, without a word to its handler. */
  destroy(): void;
}

/** In milliseconds. */
export interface ConnectTimes {
  readonly connect: number;
  readonly tls: number;
}

/** The try's side of a stream, from `begin` until the end or the failure. */
export interface ResponseHandler {
  /** An interim answer other than 100 and 101; the final one follows. */
  onInterimHead(head: ResponseHead): void;
  /** 101: the connection is the service's side of a tunnel now, and nothing else is called. */
  onUpgraded(head: ResponseHead, service: TunnelSide): void;
  onResponseHead(head: ResponseHead): void;
  onResponseBody(chunk: Buffer): void;
  onResponseEnd(trailers: string[] | undefined): void;
  /** Called once, and nothing after it. */
  onUpstreamFailure(code: FailureCode, detail: string): void;
  /** The endpoint takes request bytes again. */
  onUpstreamDrain(): void;
}

/** The head of a request as it goes upstream: the caller's, and what this hop adds. */
export interface OutgoingRequest {
  readonly head: RequestHead;
  readonly direction: 'outbound' | 'inbound' | 'gateway';
  readonly remoteAddress: string;
  /** What the caller came by. */
  readonly scheme: 'http' | 'https';
  readonly requestId: string;
  /** The line for x-forwarded-client-cert, or empty. */
  readonly clientCertificate: string;
  /** Of this try's span. */
  readonly traceparent: string;
}
