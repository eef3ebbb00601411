import { describe, expect, it } from 'vitest';
import type { EventEntry } from '../../../../src-main/api/contract/index.ts';
import { barsOf, eventMarks } from '../../../../src-renderer/topology/model/time-bar.ts';

const NOW = 1_000_000;
const event = (id: number, secondsAgo: number, given: Partial<EventEntry> = {}): EventEntry => ({
  ...{
    id,
    at: (NOW - secondsAgo) * 1000,
    kind: 'engine',
    severity: 'info',
    message: `event ${id}`,
  },
  ...given,
});

describe('the bar of time', () => {
  it('puts each second where it was, the newest at the right', () => {
    const zero = [0, 0];
    const series = {
      ...{ at: [NOW - 900, NOW - 1], rate: [5, 10], errors: [0, 5], injected: zero },
      ...{ p50: zero, p95: zero, p99: zero },
    };
    const bars = barsOf(series, NOW, 900);
    expect(bars[0]).toEqual({ rate: 0.5, errors: 0, injected: 0 });
    expect(bars.at(-1)).toEqual({ rate: 1, errors: 0.5, injected: 0 });
    expect(bars.filter(({ rate }) => rate > 0)).toHaveLength(2);
  });

  it('marks events, and makes one of those that are too near to tell apart', () => {
    const events = [
      event(1, 1000),
      event(2, 450),
      event(3, 449, { severity: 'error' }),
      event(4, 5),
    ];
    const marks = eventMarks(events, NOW, 900);
    expect(marks.map(({ event: { id }, more }) => [id, more])).toEqual([
      [3, 1],
      [4, 0],
    ]);
    expect(marks[0]?.share).toBeCloseTo(0.5);
  });
});
