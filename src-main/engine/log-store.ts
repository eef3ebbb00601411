/** The last lines that each instance wrote. */
import { Ring } from '../base/ring.ts';

export interface LogLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

const MOST_LINES = 500;

export class LogStore {
  readonly #lines = new Map<string, Ring<LogLine>>();

  add(instance: string, line: LogLine): void {
    let ring = this.#lines.get(instance);
    if (!ring) this.#lines.set(instance, (ring = new Ring(MOST_LINES)));
    ring.push(line);
  }

  /** Oldest first. */
  get(instance: string): LogLine[] {
    return [...(this.#lines.get(instance) ?? [])];
  }
}
