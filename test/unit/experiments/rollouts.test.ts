import { describe, expect, it } from 'vitest';
import { RolloutRefused, Rollouts } from '../../../src-main/experiments/rollouts.ts';
import type { Split } from '../../../src-main/spec/split-shares.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const PLAN = { service: 'payments', version: 'v2', step: 20, interval: 1000, until: 50 };

function world(before: Split | null = { v1: 90, v2: 10 }) {
  const clock = new FakeClock();
  const state = {
    written: before ?? undefined,
    figures: undefined as { errors: number; p95: number } | undefined,
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
    figures: () => state.figures,
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
    state.figures = { errors: 4, p95: 9000 };
    await pass(1000);
    expect(state.written).toEqual({ v1: 50, v2: 50 });
    const second = world();
    await second.rollouts.start({ ...PLAN, maxErrors: 5 });
    second.state.figures = { errors: 7.25, p95: 10 };
    await second.pass(1000);
    expect(second.state.written).toEqual({ v1: 90, v2: 10 });
    expect(second.rollouts.views()).toMatchObject([
      { status: 'rolledBack', reason: '7.3 % of the answers of v2 failed' },
    ]);
  });

  it('rolls itself back where the version is too slow, long before the next step', async () => {
    const { clock, state, rollouts, pass } = world();
    await rollouts.start({ ...PLAN, interval: 600_000, maxLatency: 300 });
    await pass(5000);
    expect(rollouts.views()).toMatchObject([{ status: 'running' }]);
    state.figures = { errors: 0, p95: 412.4 };
    await pass(1000);
    expect(state.written).toEqual({ v1: 90, v2: 10 });
    expect(rollouts.views()).toMatchObject([
      { status: 'rolledBack', share: 10, reason: 'the p95 of v2 is 412ms' },
    ]);
    expect(clock.pending).toBe(0);
  });

  it('waits while it is paused, and takes the rest of the time when it goes on', async () => {
    const { clock, state, rollouts, pass } = world();
    await rollouts.start({ ...PLAN, until: 90 });
    await pass(400);
    expect(rollouts.pause('payments')).toBe(true);
    expect(rollouts.views()[0]).toMatchObject({ status: 'paused', share: 30 });
    expect(rollouts.views()[0]).not.toHaveProperty('next');
    expect([rollouts.pause('payments'), rollouts.dismiss('payments')]).toEqual([false, false]);
    await pass(60_000);
    expect(state.written).toEqual({ v1: 70, v2: 30 });
    expect(rollouts.resume('payments')).toBe(true);
    expect(rollouts.views()).toMatchObject([{ status: 'running', next: clock.wall() + 600 }]);
    await pass(599);
    expect(state.written).toEqual({ v1: 70, v2: 30 });
    await pass(1);
    expect(state.written).toEqual({ v1: 50, v2: 50 });
    expect(rollouts.resume('payments')).toBe(false);
  });

  it('takes all steps that are left at once, from a pause too', async () => {
    for (const isPaused of [false, true]) {
      const { clock, state, rollouts } = world();
      await rollouts.start({ ...PLAN, until: 90 });
      if (isPaused) rollouts.pause('payments');
      expect(await rollouts.finish('payments')).toBe(true);
      expect(state.written).toEqual({ v1: 10, v2: 90 });
      expect(rollouts.views()).toMatchObject([{ status: 'done', share: 90 }]);
      expect(clock.pending).toBe(0);
      expect(await rollouts.finish('payments')).toBe(false);
    }
  });

  it('can be ended from a pause, and rolled back', async () => {
    const { state, rollouts } = world();
    await rollouts.start(PLAN);
    rollouts.pause('payments');
    expect(await rollouts.rollBack('payments')).toBe(true);
    expect(state.written).toEqual({ v1: 90, v2: 10 });
    await rollouts.start(PLAN);
    rollouts.pause('payments');
    expect(rollouts.stop('payments')).toBe(true);
    expect(rollouts.views()).toMatchObject([{ status: 'stopped', share: 30 }]);
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
