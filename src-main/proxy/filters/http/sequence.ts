/** Which of the tries that match: the first, every Nth, bursts, the first ones of each request. */
import type { SequenceConfig } from '../../config/fault.ts';
import type { RequestView } from '../../router/match.ts';
import type { TryTarget } from './filter.ts';

export interface Sequence {
  /** Whether it is this one's turn; asked once per matching try. */
  take(request: RequestView, target: TryTarget): boolean;
}

/** What `failThenWork` remembers; the keys that were not seen for longest are forgotten. */
const MOST_KEYS = 10_000;

/** Undefined: all of them, and nothing to count. */
export function createSequence(config: SequenceConfig | undefined): Sequence | undefined {
  if (!config) return undefined;
  if ('failThenWork' in config) return new FailThenWork(config.failThenWork);
  let count = 0;
  const takes = countedBy(config);
  return { take: () => takes(count++) };
}

/** `index`: of the try, from 0. */
function countedBy(
  config: Exclude<SequenceConfig, { failThenWork: unknown }>,
): (index: number) => boolean {
  if ('first' in config) return (index) => index < config.first;
  if ('every' in config) return (index) => (index + 1) % config.every === 0;
  const { length, every } = config.burst;
  return (index) => index % every < length;
}

class FailThenWork implements Sequence {
  readonly #times: number;
  readonly #header: string | undefined;
  /** Tries taken, by key; in the order in which they were last seen. */
  readonly #taken = new Map<string, number>();

  constructor({ times, header }: { times: number; header?: string }) {
    this.#times = times;
    this.#header = header;
  }

  take(request: RequestView, { requestId }: TryTarget): boolean {
    const key = this.#header === undefined ? requestId : headerOf(request, this.#header);
    const taken = this.#taken.get(key) ?? 0;
    this.#taken.delete(key);
    this.#taken.set(key, Math.min(taken + 1, this.#times));
    if (this.#taken.size > MOST_KEYS) this.#forgetOldest();
    return taken < this.#times;
  }

  #forgetOldest(): void {
    for (const key of this.#taken.keys()) {
      this.#taken.delete(key);
      return;
    }
  }
}

/** Requests without the header are one key together. */
function headerOf({ names, values }: RequestView, name: string): string {
  return values[names.indexOf(name)] ?? '';
}
