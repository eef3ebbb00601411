import { describe, expect, it } from 'vitest';
import { TurnClock } from '../../../src-main/base/turn-clock.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('the clock of the data plane', () => {
  it('stands still until what an event causes is done', async () => {
    const machine = new FakeClock();
    const clock = new TurnClock(machine);
    const before = clock.now();
    machine.advance(5);
    expect(clock.now()).toBe(before);
    await Promise.resolve();
    expect(clock.now()).toBe(before + 5);
  });

  it('calls at the time that the machine says', () => {
    const machine = new FakeClock();
    const clock = new TurnClock(machine);
    let calls = 0;
    clock.after(10, () => calls++);
    clock.after(10, () => calls++).cancel();
    machine.advance(10);
    expect(calls).toBe(1);
    expect(clock.wall()).toBe(machine.wall());
  });
});
