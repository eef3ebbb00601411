/** A shaper between a test and a sink that notes what came out and when. */
import { Shaper } from '../../src-main/proxy/shaping/shaper.ts';
import type { ShaperSink } from '../../src-main/proxy/shaping/shaper.ts';
import type { Cut, Stage } from '../../src-main/proxy/shaping/stage.ts';
import { FakeClock } from './fake-clock.ts';

export class NotingSink implements ShaperSink {
  congested = false;
  rooms = 0;
  onWrite: () => void = () => undefined;
  /** `<milliseconds> <text | end | reset | close>` */
  readonly log: string[] = [];
  readonly chunks: Buffer[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  write(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.#note(chunk.toString());
    this.onWrite();
  }

  end(): void {
    this.#note('end');
  }

  cut(how: Cut): void {
    this.#note(how);
  }

  onRoom(): void {
    this.rooms++;
  }

  text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  #note(what: string): void {
    this.log.push(`${Math.round(this.#clock.now())} ${what}`);
  }
}

export interface Shaped {
  readonly shaper: Shaper;
  readonly sink: NotingSink;
  readonly clock: FakeClock;
}

export function shaped(stages: readonly Stage[]): Shaped {
  const clock = new FakeClock();
  const sink = new NotingSink(clock);
  return { clock, sink, shaper: new Shaper(clock, sink, stages) };
}
