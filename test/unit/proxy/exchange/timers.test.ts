import { describe, expect, it } from 'vitest';
import { IdleTimer } from '../../../../src-main/proxy/exchange/idle-timer.ts';
import { TryTimers } from '../../../../src-main/proxy/exchange/try-timers.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('an idle timer', () => {
  it('fires when nothing was touched for so long, and not before', () => {
    const clock = new FakeClock();
    let fired = 0;
    const timer = new IdleTimer(clock, 100, () => fired++);
    clock.advance(90);
    timer.touch();
    clock.advance(99);
    expect(fired).toBe(0);
    clock.advance(1);
    expect(fired).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('costs no timer for a touch', () => {
    const clock = new FakeClock();
    const timer = new IdleTimer(clock, 100, () => undefined);
    for (let i = 0; i < 50; i++) timer.touch();
    expect(clock.pending).toBe(1);
    timer.cancel();
    expect(clock.pending).toBe(0);
  });

  it('does not count the time in which it is held', () => {
    const clock = new FakeClock();
    let fired = 0;
    const timer = new IdleTimer(clock, 100, () => fired++);
    timer.held = true;
    clock.advance(1_000);
    expect(fired).toBe(0);
    timer.held = false;
    clock.advance(100);
    expect(fired).toBe(1);
  });
});

describe("a try's timers", () => {
  const started = (timeout: number, idleTimeout: number) => {
    const clock = new FakeClock();
    const over: string[] = [];
    const timers = new TryTimers(clock, { timeout, idleTimeout }, (code) => over.push(code));
    return { clock, over, timers };
  };

  it('begin when the request is whole, once', () => {
    const { clock, over, timers } = started(100, 0);
    clock.advance(1_000);
    timers.start();
    clock.advance(50);
    timers.start();
    clock.advance(50);
    expect(over).toEqual(['per-try-timeout']);
  });

  it('end with the head of the answer, but for the one that watches whether it moves', () => {
    const { clock, over, timers } = started(100, 150);
    timers.start();
    clock.advance(90);
    timers.onHead();
    clock.advance(149);
    expect(over).toEqual([]);
    clock.advance(1);
    expect(over).toEqual(['per-try-idle-timeout']);
  });

  it('leave nothing behind when the try is over, even one that has not begun', () => {
    const { clock, timers } = started(100, 100);
    timers.start();
    timers.cancel();
    expect(clock.pending).toBe(0);
    const late = started(100, 100);
    late.timers.cancel();
    late.timers.start();
    expect(late.clock.pending).toBe(0);
  });
});
