/** The last minutes as a bar: how much came, what failed, and what happened when. Pure. */
import type { EventEntry, Series } from '../../../src-main/api/contract/index.ts';

/** Shares of the highest bar, 0 to 1. */
export interface Bar {
  readonly rate: number;
  readonly errors: number;
  readonly injected: number;
}

const BARS = 150;
/** Of the bar's width: nearer events share one mark. */
const NEAR = 0.008;

/** `now`: seconds since 1970, the right end; `reach`: seconds to the left end. */
export function barsOf(series: Series, now: number, reach: number): Bar[] {
  const sums = Array.from({ length: BARS }, () => ({ rate: 0, errors: 0, injected: 0 }));
  for (const [i, at] of series.at.entries()) {
    const sum = sums[Math.floor(((at - (now - reach)) / reach) * BARS)];
    if (!sum) continue;
    sum.rate += series.rate[i] ?? 0;
    sum.errors += series.errors[i] ?? 0;
    sum.injected += series.injected[i] ?? 0;
  }
  const top = Math.max(1, ...sums.map(({ rate }) => rate));
  return sums.map(({ rate, errors, injected }) => ({
    rate: rate / top,
    errors: errors / top,
    injected: injected / top,
  }));
}

export interface EventMark {
  /** Of the bar's width. */
  readonly share: number;
  /** The gravest of those that are so near to each other. */
  readonly event: EventEntry;
  readonly more: number;
}

const GRAVITY = ['info', 'warning', 'error'];

export function eventMarks(events: readonly EventEntry[], now: number, reach: number): EventMark[] {
  const marks: EventMark[] = [];
  for (const event of events) {
    const share = (event.at / 1000 - (now - reach)) / reach;
    if (share < 0 || share > 1) continue;
    const last = marks.at(-1);
    if (!last || share - last.share > NEAR) {
      marks.push({ share, event, more: 0 });
      continue;
    }
    const graver = weightOf(event) > weightOf(last.event) ? event : last.event;
    marks[marks.length - 1] = { share: last.share, event: graver, more: last.more + 1 };
  }
  return marks;
}

/** An edit is told before what is only told for information. */
function weightOf({ kind, severity }: EventEntry): number {
  return GRAVITY.indexOf(severity) * 2 + (kind === 'edit' ? 1 : 0);
}
