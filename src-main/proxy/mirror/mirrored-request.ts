/** A request that is sent twice: passes on what it is made of, and compares what came of the two. */
import type { HopWriter } from '../hop-writer.ts';
import { HopFlag } from '../hop.ts';
import type { HopDraft } from '../exchange/hop-draft.ts';
import { AnswerDigest } from './answer-digest.ts';
import { compare } from './comparison.ts';
import type { Answer, PrimaryAnswer } from './comparison.ts';
import { Shadow } from './shadow.ts';
import type { ShadowOptions } from './shadow.ts';
import type { Shadows } from './shadows.ts';

export interface MirroredOptions extends Omit<ShadowOptions, 'onOver'> {
  readonly hops: HopWriter;
  readonly shadows: Shadows;
}

export class MirroredRequest {
  readonly #shadow: Shadow;
  readonly #hops: HopWriter;
  readonly #digest = new AnswerDigest();
  #last: HopDraft | undefined;
  #requestBytes = 0;
  #whole = false;
  #primary: PrimaryAnswer | undefined;
  #answer: Answer | undefined;

  constructor({ hops, shadows, ...options }: MirroredOptions) {
    this.#hops = hops;
    const shadow = new Shadow({
      ...options,
      onOver: (answer) => {
        shadows.delete(shadow);
        this.#answer = answer;
        this.#settle();
      },
    });
    this.#shadow = shadow;
    shadow.hop.flags |= HopFlag.MIRROR;
    shadows.add(shadow);
    shadow.start();
  }

  /** A part of the request's body has arrived. */
  onBody(chunk: Buffer): void {
    this.#requestBytes += chunk.length;
    this.#shadow.onBody(chunk);
  }

  /** The request is whole. */
  onEnd(trailers: string[] | undefined): void {
    this.#whole = true;
    this.#shadow.onEnd(trailers);
  }

  /** A part of the answer's body, as the caller gets it. */
  onAnswerBody(chunk: Buffer): void {
    this.#digest.add(chunk);
  }

  /** A try of the caller's own request is over; the last one stands for the request. */
  onTry(hop: HopDraft): void {
    this.#last = hop;
  }

  /** The caller's own request is over. The shadow goes on, where it has all of it (Envoy). */
  onOver(): void {
    const hop = this.#last as HopDraft;
    this.#primary = {
      status: hop.status,
      grpcStatus: hop.grpcStatus,
      // What the proxy answered by itself, or cut off, is no body of the service's.
      body: hop.failure === '' ? this.#digest.text() : undefined,
      duration: hop.exchangeDuration,
      bytes: this.#digest.length,
      flags: hop.flags,
      isInjected: hop.faults !== '',
    };
    if (!this.#whole) this.#shadow.cancel();
    this.#settle();
  }

  /** Its record is written when both are over. */
  #settle(): void {
    const { hop } = this.#shadow;
    if (!this.#primary || !this.#answer || hop.mirror) return;
    hop.requestBytes = this.#requestBytes;
    hop.mirror = compare(this.#primary, this.#answer);
    this.#hops.write(hop);
  }
}
