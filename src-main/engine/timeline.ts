/** What has happened, as the timeline tells it: the latest events, numbered. */
import type { Clock } from '../base/clock.ts';
import { Ring } from '../base/ring.ts';
import type { EventEntry } from '../api/contract/index.ts';

const MOST_EVENTS = 500;

export class Timeline {
  readonly #clock: Clock;
  readonly #entries = new Ring<EventEntry>(MOST_EVENTS);
  #next = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The oldest first. */
  get entries(): EventEntry[] {
    return [...this.#entries];
  }

  /** Keeps an event, and gives it back as it is told. */
  add(
    kind: EventEntry['kind'],
    severity: EventEntry['severity'],
    message: string,
    subject?: string,
  ): EventEntry {
    const event: EventEntry = {
      id: this.#next++,
      at: this.#clock.wall(),
      kind,
      severity,
      message,
      ...(subject !== undefined && { subject }),
    };
    this.#entries.push(event);
    return event;
  }
}
