import { describe, expect, it } from 'vitest';
import { PushRetry } from '../../../src-main/engine/push-retry.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('a push that was refused', () => {
  it('is tried again after longer and longer waits, until it is taken', () => {
    const clock = new FakeClock();
    const tries: number[] = [];
    const retry: PushRetry = new PushRetry(clock, () => {
      tries.push(clock.now());
      retry.note(tries.length < 9);
    });
    retry.note(true);
    clock.advance(600_000);
    const waits = tries.map((at, i) => at - (tries[i - 1] ?? 0));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(clock.pending).toBe(0);
    retry.note(true);
    clock.advance(1_000);
    expect(tries).toHaveLength(10);
  });

  it('is not tried again where another push was taken, nor after the end', () => {
    const clock = new FakeClock();
    const retry = new PushRetry(clock, () => expect.unreachable());
    retry.note(true);
    retry.note(false);
    retry.note(true);
    retry.close();
    clock.advance(60_000);
  });
});
