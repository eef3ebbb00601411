import { describe, expect, it } from 'vitest';
import { Ticker } from '../../../src-main/engine/ticker.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function world() {
  const clock = new FakeClock();
  const ticks: number[] = [];
  const ticker = new Ticker(clock, () => ticks.push(clock.now()));
  return { clock, ticks, ticker };
}

describe('the pace at which figures are told', () => {
  it('is four times a second', () => {
    const { clock, ticks, ticker } = world();
    ticker.start();
    clock.advance(1000);
    expect(ticks).toEqual([250, 500, 750, 1000]);
  });

  it('is faster for what is news, but never more than ten times a second', () => {
    const { clock, ticks, ticker } = world();
    ticker.start();
    clock.advance(30);
    ticker.soon();
    clock.advance(70);
    expect(ticks).toEqual([100]);
    for (let i = 0; i < 40; i++) {
      ticker.soon();
      clock.advance(5);
    }
    expect(ticks).toEqual([100, 200, 300]);
    clock.advance(200);
    ticker.soon();
    clock.advance(0);
    expect(ticks).toEqual([100, 200, 300, 500]);
    clock.advance(250);
    expect(ticks.at(-1)).toBe(750);
  });

  it('has an end, also for news', () => {
    const { clock, ticks, ticker } = world();
    ticker.soon();
    ticker.start();
    ticker.close();
    ticker.soon();
    clock.advance(1000);
    expect([ticks, clock.pending]).toEqual([[], 0]);
  });
});
