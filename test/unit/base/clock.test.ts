import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src-main/base/clock.ts';

const HOUR = 3_600_000;

describe('the wall clock', () => {
  // `performance` goes on as it does on a machine that has slept.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('is right again at once after the machine has slept', () => {
    const before = systemClock.wall();
    vi.setSystemTime(before + HOUR);
    expect(systemClock.wall() - before).toBeGreaterThanOrEqual(HOUR - 1);
    expect(systemClock.wall() - before).toBeLessThan(HOUR + 1000);
  });

  it('follows when it is set back', () => {
    const before = systemClock.wall();
    vi.setSystemTime(before - HOUR);
    expect(systemClock.wall()).toBeLessThan(before - HOUR + 1000);
  });

  it('does not jump for a deviation that is none', () => {
    const before = systemClock.wall();
    vi.setSystemTime(before - 500);
    expect(systemClock.wall()).toBeGreaterThanOrEqual(before);
  });
});
