/**
 * One direction of a stream on its way through stages: holds each piece until its time has come,
 * with one timer for all, at the pace of whoever takes them.
 */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import { HOLDS_LITTLE } from './stage.ts';
import type { Cut, Stage, StageOutput } from './stage.ts';

/** Who takes what comes out. */
export interface ShaperSink {
  /** It takes no more at the moment: `onSinkDrain` is called when it does again. */
  readonly congested: boolean;
  write(chunk: Buffer): void;
  end(): void;
  /** The stream is to be broken. Called once, and nothing after it. */
  cut(how: Cut): void;
  /** The shaper was congested and is so no more. */
  onRoom(): void;
}

interface Piece {
  readonly what: Buffer | 'end' | Cut;
  readonly at: Milliseconds;
}

/** Bytes pass in their order, and without stages at once. */
export class Shaper {
  readonly #clock: Clock;
  readonly #sink: ShaperSink;
  readonly #output: StageOutput;
  #stages: readonly Stage[] = [];
  /** Each stage's way out: the next stage, or the queue. */
  #entry: StageOutput;
  /** When each stage came into the stream. */
  #since = new Map<Stage, Milliseconds>();
  #holds: Bytes = HOLDS_LITTLE;
  #queue: Piece[] = [];
  #held: Bytes = 0;
  #wasFull = false;
  #timer: Timer | undefined;
  #deadline: Timer | undefined;
  #ended = false;
  #done = false;

  constructor(clock: Clock, sink: ShaperSink, stages: readonly Stage[] = []) {
    this.#clock = clock;
    this.#sink = sink;
    this.#output = {
      write: (chunk, at) => this.#hold(chunk, at),
      end: (at) => this.#hold('end', at),
      cut: (how, at) => this.#hold(how, at),
    };
    this.#entry = this.#output;
    if (stages.length > 0) this.reshape(stages);
  }

  /** It holds enough, or its sink takes no more: wait for `onRoom`. */
  get congested(): boolean {
    const full = !this.#done && (this.#held >= this.#holds || this.#sink.congested);
    if (full) this.#wasFull = true;
    return full;
  }

  /** Nothing waits for its time. */
  get empty(): boolean {
    return this.#queue.length === 0;
  }

  write(chunk: Buffer): void {
    if (this.#ended || this.#done) return;
    this.#entry.write(chunk, this.#clock.now());
    this.#release();
  }

  end(): void {
    if (this.#ended || this.#done) return;
    this.#ended = true;
    this.#entry.end(this.#clock.now());
    this.#release();
  }

  /**
   * Puts other stages in place of those before. A stage that was there before (the same object) goes
   * on as it was. Where one is gone, what waits leaves at once, in its order: nothing of a fault stays
   * behind.
   */
  reshape(stages: readonly Stage[]): void {
    if (this.#done) return;
    const now = this.#clock.now();
    if (this.#stages.some((stage) => !stages.includes(stage))) {
      this.#queue = this.#queue.map(({ what, at }) => ({ what, at: Math.min(at, now) }));
    }
    this.#since = new Map(stages.map((stage) => [stage, this.#since.get(stage) ?? now]));
    this.#stages = stages;
    this.#entry = stages.reduceRight<StageOutput>(chain, this.#output);
    this.#holds = Math.max(HOLDS_LITTLE, ...stages.map(({ holds }) => holds));
    this.#setDeadline(now);
    this.#release();
  }

  onSinkDrain(): void {
    this.#release();
  }

  /** Drops what waits; nothing comes out any more, and no timer is left. */
  cancel(): void {
    this.#done = true;
    this.#queue = [];
    this.#held = 0;
    this.#timer?.cancel();
    this.#deadline?.cancel();
  }

  #hold(what: Piece['what'], at: Milliseconds): void {
    if (typeof what !== 'string') this.#held += what.length;
    this.#queue.push({ what, at });
  }

  /** Lets go of what is due. */
  #release(): void {
    const now = this.#clock.now();
    for (;;) {
      const piece = this.#queue[0];
      if (!piece || piece.at > now || this.#sink.congested) break;
      // Taken first: the sink may write into this shaper from within.
      this.#queue.shift();
      this.#emit(piece.what);
    }
    if (this.#done) return;
    this.#waitForNext(now);
    this.#tellRoom();
  }

  #emit(what: Piece['what']): void {
    if (typeof what === 'string') {
      if (what === 'end') return this.#sink.end();
      this.cancel();
      return this.#sink.cut(what);
    }
    this.#held -= what.length;
    this.#sink.write(what);
  }

  #waitForNext(now: Milliseconds): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const next = this.#queue[0];
    if (!next || next.at === Infinity || this.#sink.congested) return;
    this.#timer = this.#clock.after(Math.max(0, next.at - now), () => this.#release());
  }

  #tellRoom(): void {
    if (!this.#wasFull || this.congested) return;
    this.#wasFull = false;
    this.#sink.onRoom();
  }

  /** The first stage whose time is over breaks the stream. */
  #setDeadline(now: Milliseconds): void {
    this.#deadline?.cancel();
    this.#deadline = undefined;
    const first = this.#stages
      .flatMap((stage) => {
        const { cutAfter } = stage;
        return cutAfter ? [{ how: cutAfter.how, at: this.#begun(stage) + cutAfter.time }] : [];
      })
      .sort((one, other) => one.at - other.at)[0];
    if (!first) return;
    this.#deadline = this.#clock.after(Math.max(0, first.at - now), () => {
      this.cancel();
      this.#sink.cut(first.how);
    });
  }

  #begun(stage: Stage): Milliseconds {
    return this.#since.get(stage) ?? this.#clock.now();
  }
}

/** The way into `stage`, whose way out is `next`. */
function chain(next: StageOutput, stage: Stage): StageOutput {
  return {
    write: (chunk, at) => stage.write(chunk, at, next),
    end: (at) => stage.end(at, next),
    cut: (how, at) => next.cut(how, at),
  };
}
