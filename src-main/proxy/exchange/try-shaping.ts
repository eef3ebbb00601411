/**
 * What faults make of the messages of one try: a shaper for each direction, with the stages of every
 * fault that acts on it, and the heads that they change. Made for tries that a fault touches, only.
 */
import type { Clock } from '../../base/clock.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { Shape, TryFilter } from '../filters/http/filter.ts';
import { Shaper } from '../shaping/shaper.ts';
import type { Cut, Stage } from '../shaping/stage.ts';

/** A fault that shapes, and how. */
export interface ActingShape {
  readonly filter: TryFilter;
  readonly shape: Shape;
}

interface Part extends ActingShape {
  readonly up: readonly Stage[];
  /** Made when the answer's head is known. */
  down: readonly Stage[] | undefined;
}

/** The try's two ends: what is shaped goes there. */
export interface ShapingEnds {
  readonly isRequestCongested: () => boolean;
  readonly sendRequest: (chunk: Buffer) => void;
  readonly endRequest: () => void;
  /** More of the request may come. */
  readonly onRequestRoom: () => void;
  readonly isAnswerCongested: () => boolean;
  readonly passAnswer: (chunk: Buffer) => void;
  readonly endAnswer: () => void;
  readonly onAnswerRoom: () => void;
  /** The try is to be broken. */
  readonly cut: (how: Cut) => void;
}

export class TryShaping {
  /** The request's body, and the answer's. */
  readonly up: Shaper;
  readonly down: Shaper;
  /** In the order in which filters act. */
  #parts: Part[] = [];
  #head: ResponseHead | undefined;

  /** `head`: of the answer, where it has gone by already. */
  constructor(clock: Clock, head: ResponseHead | undefined, ends: ShapingEnds) {
    const { cut } = ends;
    this.up = new Shaper(clock, {
      get congested() {
        return ends.isRequestCongested();
      },
      write: ends.sendRequest,
      end: ends.endRequest,
      onRoom: ends.onRequestRoom,
      cut,
    });
    this.down = new Shaper(clock, {
      get congested() {
        return ends.isAnswerCongested();
      },
      write: ends.passAnswer,
      end: ends.endAnswer,
      onRoom: ends.onAnswerRoom,
      cut,
    });
    this.#head = head;
  }

  get parts(): readonly ActingShape[] {
    return this.#parts;
  }

  has(filter: TryFilter): boolean {
    return this.#parts.some((part) => part.filter === filter);
  }

  add(filter: TryFilter, shape: Shape): void {
    this.#parts.push({ filter, shape, up: shape.up?.() ?? [], down: undefined });
    this.#parts.sort((one, other) => one.filter.rank - other.filter.rank);
    this.#reshape();
  }

  /** The head as the caller's side is to see it. From here on the answer's body is shaped. */
  onHead(head: ResponseHead): ResponseHead {
    const shaped = this.#parts.reduce((given, { shape }) => shape.head?.(given) ?? given, head);
    this.#head = head;
    this.#reshape();
    return shaped;
  }

  /** Takes out what faults did that act no more: what they held leaves at once. */
  refresh(): void {
    const left = this.#parts.filter(({ filter }) => filter.isOn());
    if (left.length === this.#parts.length) return;
    this.#parts = left;
    this.#reshape();
  }

  cancel(): void {
    this.up.cancel();
    this.down.cancel();
  }

  #reshape(): void {
    this.up.reshape(this.#parts.flatMap(({ up }) => up));
    const head = this.#head;
    if (!head) return;
    this.down.reshape(this.#parts.flatMap((part) => (part.down ??= part.shape.down?.(head) ?? [])));
  }
}
