import { describe, expect, it } from 'vitest';
import { RolloutRefused, Rollouts } from '../../../src-main/experiments/rollouts.ts';
import type { Split } from '../../../src-main/spec/split-shares.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const PLAN = { service: 'payments', version: 'v2', step: 20, interval: 1000, until: 50 };

function world(before: Split | null = { v1: 90, v2: 10 }) {
  const clock = new FakeClock();
  const state = {
    written: before ?? undefined,
    errors: undefined as number | undefined,
    refuse: false,
    events: [] as string[],
    changes: 0,
  };
  const rollouts = new Rollouts({
    clock,
    split: (service) =>
      service === 'payments'
        ? { written: state.written, acting: state.written ?? { v1: 100, v2: 0 } }
        : undefined,
    edit: (_service, split) => {
      if (state.refuse) return Promise.reject(new Error('the file has errors'));
      state.written = split ?? undefined;
      return Promise.resolve();
    },
    errors: () => state.errors,
    onChange: () => state.changes++,
    onEvent: (_severity, message) => void state.events.push(message),
  });
  /** Time passes, and what was asked for meanwhile is answered. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return { clock, state, rollouts, pass };
}

describe('a rollout', () => {
  it('takes its first step at once and the others after the interval, to the end and not beyond', async () => {
    const { clock, state, rollouts, pass } = world();
    await rollouts.start(PLAN);
    expect(state.written).toEqual({ v1: 70, v2: 30 });
    expect(rollouts.views()).toMatchObject([
      { status: 'running', share: 30, began: 10, next: clock.wall() + 1000 },
    ]);
    await pass(999);
    expect(state.written).toEqual({ v1: 70, v2: 30 });
    await pass(1);
    expect(state.written).toEqual({ v1: 50, v2: 50 });
    expect(rollouts.views()).toMatchObject([{ status: 'done', share: 50 }]);
    expect(clock.pending).toBe(0);
    expect(state.events.at(-1)).toBe(
      'rollout of payments v2 is complete at 50 %: all steps are taken',
    );
  });

  it('takes a version out where the end is below', async () => {
    const { state, rollouts, pass } = world({ v1: 40, v2: 60 });
    await rollouts.start({ ...PLAN, until: 0, step: 50 });
    expect(state.written).toEqual({ v1: 90, v2: 10 });
    await pass(1000);
    expect(state.written).toEqual({ v1: 100, v2: 0 });
  });

  it('can be stopped, and stays where it is', async () => {
    const { clock, state, rollouts, pass } = world();
    await rollouts.start(PLAN);
    expect(rollouts.stop('payments')).toBe(true);
    await pass(5000);
    expect(state.written).toEqual({ v1: 70, v2: 30 });
    expect(clock.pending).toBe(0);
    expect(rollouts.stop('payments')).toBe(false);
    expect(rollouts.dismiss('payments')).toBe(true);
    expect(rollouts.views()).toEqual([]);
  });

  it('is rolled back to what the document said before, even where that was nothing', async () => {
    for (const before of [{ v1: 90, v2: 10 }, null]) {
      const { state, rollouts, pass } = world(before);
      await rollouts.start(PLAN);
      await pass(1000);
      expect(await rollouts.rollBack('payments')).toBe(true);
      expect(state.written).toEqual(before ?? undefined);
      expect(rollouts.views()).toMatchObject([{ status: 'rolledBack' }]);
    }
  });

  it('rolls itself back where too many answers of the version fail', async () => {
    const { state, rollouts, pass } = world();
    await rollouts.start({ ...PLAN, maxErrors: 5 });
    state.errors = 4;
    await pass(1000);
    expect(state.written).toEqual({ v1: 50, v2: 50 });
    const second = world();
    await second.rollouts.start({ ...PLAN, maxErrors: 5 });
    second.state.errors = 7.25;
    await second.pass(1000);
    expect(second.state.written).toEqual({ v1: 90, v2: 10 });
    expect(second.rollouts.views()).toMatchObject([
      { status: 'rolledBack', reason: '7.3 % of the answers of v2 failed' },
    ]);
  });

  it('ends where somebody else changes the split, and does not touch it again', async () => {
    const { state, rollouts, pass } = world();
    await rollouts.start(PLAN);
    state.written = { v1: 0, v2: 100 };
    await pass(1000);
    expect(state.written).toEqual({ v1: 0, v2: 100 });
    expect(rollouts.views()).toMatchObject([
      { status: 'stopped', reason: 'somebody else has changed the split' },
    ]);
  });

  it('ends where the document does not take a step', async () => {
    const { state, rollouts } = world();
    state.refuse = true;
    await rollouts.start(PLAN);
    expect(rollouts.views()).toMatchObject([
      { status: 'stopped', reason: 'the split was refused: the file has errors' },
    ]);
  });

  it('is refused where there is nothing to roll out', async () => {
    const { rollouts } = world();
    for (const wrong of [{ service: 'cart' }, { version: 'v9' }, { until: 10 }]) {
      await expect(rollouts.start({ ...PLAN, ...wrong })).rejects.toThrow(RolloutRefused);
    }
    expect(rollouts.views()).toEqual([]);
  });

  it('leaves no timer behind', async () => {
    const { clock, rollouts } = world();
    await rollouts.start(PLAN);
    await rollouts.start({ ...PLAN, until: 90 });
    rollouts.close();
    expect(clock.pending).toBe(0);
  });
});
