/** Which events are worth interrupting somebody for, and how often. Pure. */
import type { EdgeState, EventEntry } from '../../../src-main/api/contract/index.ts';

export interface Notice {
  /** The same for what is the same news. */
  readonly key: string;
  readonly severity: 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The news in an event; undefined where it is none, or was done on purpose. */
export function noticeOf(event: EventEntry): Notice | undefined {
  const title = titleOf(event);
  if (title === undefined || event.severity === 'info') return undefined;
  const { at, kind, message, severity, subject = '' } = event;
  return { key: `${kind} ${title} ${subject}`, severity, title, text: message, at };
}

function titleOf({ kind, message, severity, subject }: EventEntry): string | undefined {
  switch (kind) {
    case 'instance':
      if (severity === 'error') return `${subject ?? 'An instance'} is down`;
      return / leaves .* out: /.test(message)
        ? `${subject ?? 'An instance'} is left out`
        : `${subject ?? 'An instance'} is not well`;
    case 'identity':
      return /perhaps on purpose/.test(message) ? undefined : 'A certificate was refused';
    case 'problem':
      return 'The saved document is refused';
    case 'engine':
      return severity === 'error' ? 'The mesh is not as it should be' : undefined;
    case 'edit':
      return undefined;
  }
}

/** Edges whose circuit breaker has begun to refuse requests between two states. */
export function circuitNotices(
  before: Readonly<Record<string, EdgeState>>,
  after: Readonly<Record<string, EdgeState>>,
  at: number,
): Notice[] {
  return Object.entries(after).flatMap(([id, edge]) => {
    if (!isOpen(edge) || isOpen(before[id])) return [];
    const text = `Requests above the thresholds of ${edge.to} get 503 (overflow).`;
    const title = `Circuit open: ${edge.from} → ${edge.to}`;
    return [{ key: `circuit ${id}`, severity: 'warning' as const, title, text, at }];
  });
}

function isOpen(edge: EdgeState | undefined): boolean {
  return edge?.badges.some(({ kind }) => kind === 'open-circuit') ?? false;
}

/** The same news is told once in this time, in milliseconds. */
const SAME = 60_000;
/** So many in `BURST_TIME` (milliseconds), whatever they are. */
const BURST = 3;
const BURST_TIME = 15_000;

/** Lets through what is new, and not too much of it; the timeline has all. */
export class NoticeLimiter {
  readonly #last = new Map<string, number>();
  #recent: number[] = [];

  /** Whether the news is to be told at `now` (milliseconds since 1970). */
  takes({ key }: Notice, now: number): boolean {
    for (const [known, at] of this.#last) if (now - at >= SAME) this.#last.delete(known);
    if (this.#last.has(key)) return false;
    this.#last.set(key, now);
    this.#recent = this.#recent.filter((at) => now - at < BURST_TIME);
    if (this.#recent.length >= BURST) return false;
    this.#recent.push(now);
    return true;
  }
}
