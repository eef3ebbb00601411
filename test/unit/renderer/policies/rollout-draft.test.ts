import { describe, expect, it } from 'vitest';
import {
  planOf,
  rampDraft,
  sayRamp,
  sayStatus,
} from '../../../../src-renderer/policies/rollout-draft.ts';
import type { RolloutView } from '../../../../src-main/api/contract/index.ts';
import { rolloutPlan } from '../../../../src-main/api/contract/index.ts';
import { sampleMesh } from '../../../support/state.ts';

const [web] = sampleMesh().services;
const [v1] = web!.versions;
const service = { versions: [v1!, { ...v1!, name: 'v2' }] };
const DRAFT = rampDraft(service, { v1: 90, v2: 10 });

describe('the form of a ramp', () => {
  it('begins with the last version that has not got everything, by a tenth', () => {
    expect(DRAFT).toMatchObject({ version: 'v2', until: 100, step: 10, seconds: 30 });
    expect(rampDraft(service, { v1: 0, v2: 100 }).version).toBe('v1');
  });

  it('asks for a plan that the engine takes, without limits that are none', () => {
    const { plan } = planOf('web', DRAFT, { v1: 90, v2: 10 });
    expect(plan).toEqual({
      ...{ service: 'web', version: 'v2', step: 10, interval: 30_000, until: 100, maxErrors: 5 },
    });
    expect(rolloutPlan.parse(plan)).toEqual(plan);
    const wide = { ...DRAFT, maxErrors: 100, maxLatency: 250 };
    expect(planOf('web', wide, {}).plan).toMatchObject({ maxLatency: 250 });
    expect(planOf('web', wide, {}).plan).not.toHaveProperty('maxErrors');
  });

  it('says what keeps it from being one', () => {
    expect(planOf('web', { ...DRAFT, until: 10 }, { v2: 10 }).problem).toBe('v2 has 10 % already.');
    for (const wrong of [{ step: 0 }, { seconds: 0 }]) {
      const { plan, problem } = planOf('web', { ...DRAFT, ...wrong }, {});
      expect([plan, problem]).toEqual([undefined, expect.any(String)]);
    }
  });

  it('says how many steps it takes, and how long', () => {
    const { plan } = planOf('web', DRAFT, { v2: 10 });
    expect(sayRamp(plan!, { v2: 10 })).toBe('9 steps over 4m; the first one now.');
    expect(sayRamp({ ...plan!, step: 100 }, { v2: 10 })).toBe('1 step at once; the first one now.');
    expect(sayRamp({ ...plan!, until: 0 }, { v2: 15 })).toMatch(/^2 steps/);
  });
});

describe('what is said of a rollout', () => {
  const view = { ...planOf('web', DRAFT, {}).plan!, share: 20, began: 10 };
  const said = (change: Partial<RolloutView>): string =>
    sayStatus({ ...view, status: 'running', ...change }, 1_000);

  it('counts to the next step, and tells why it is over', () => {
    expect(said({ next: 13_000 })).toBe('next step in 12 s');
    expect(said({ next: 500 })).toBe('next step in 0 s');
    expect(said({})).toBe('next step now');
    expect(said({ status: 'paused' })).toBe('paused');
    expect(said({ status: 'done', reason: 'all steps are taken' })).toBe('done');
    expect(said({ status: 'rolledBack', reason: '7 % failed' })).toBe('rolled back: 7 % failed');
  });
});
