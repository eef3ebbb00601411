/** A downstream that tells a capture what goes to the caller. */
import type { Bytes } from '../../base/units.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { Downstream, LocalAnswer, Protocol, TunnelWatch } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import type { Cut } from '../shaping/stage.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';

export interface DownstreamWatch {
  onHead(head: ResponseHead): void;
  onBody(chunk: Buffer): void;
  onEnd(trailers: readonly string[] | undefined): void;
  onLocal(answer: LocalAnswer): void;
}

export class WatchedDownstream implements Downstream {
  readonly #inner: Downstream;
  readonly #watch: DownstreamWatch;

  constructor(inner: Downstream, watch: DownstreamWatch) {
    this.#inner = inner;
    this.#watch = watch;
  }

  get protocol(): Protocol {
    return this.#inner.protocol;
  }
  get remoteAddress(): string {
    return this.#inner.remoteAddress;
  }
  get peerSpiffeId(): string {
    return this.#inner.peerSpiffeId;
  }
  get clientCertificate(): string {
    return this.#inner.clientCertificate;
  }
  get congested(): boolean {
    return this.#inner.congested;
  }
  get sent(): Bytes {
    return this.#inner.sent;
  }
  pauseBody(): void {
    this.#inner.pauseBody();
  }
  resumeBody(): void {
    this.#inner.resumeBody();
  }
  sendContinue(): void {
    this.#inner.sendContinue();
  }
  sendHead(head: ResponseHead): void {
    this.#watch.onHead(head);
    this.#inner.sendHead(head);
  }
  sendBody(chunk: Buffer): void {
    this.#watch.onBody(chunk);
    this.#inner.sendBody(chunk);
  }
  sendEnd(trailers: readonly string[] | undefined): void {
    this.#watch.onEnd(trailers);
    this.#inner.sendEnd(trailers);
  }
  sendInterim(head: ResponseHead): void {
    this.#inner.sendInterim(head);
  }
  startTunnel(head: ResponseHead, service: TunnelSide, watch: TunnelWatch): void {
    this.#inner.startTunnel(head, service, watch);
  }
  sendLocal(answer: LocalAnswer): void {
    this.#watch.onLocal(answer);
    this.#inner.sendLocal(answer);
  }
  exchangeDone(): void {
    this.#inner.exchangeDone();
  }
  abort(code: FailureCode, how?: Cut): void {
    this.#inner.abort(code, how);
  }
}
