import { describe, expect, it } from 'vitest';
import { EndpointState } from '../../../../../src-main/proxy/cluster/endpoint-state.ts';
import { HealthChecker } from '../../../../../src-main/proxy/cluster/health/checker.ts';
import type { HealthCheckConfig } from '../../../../../src-main/proxy/config/upstream.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

const CONFIG: HealthCheckConfig = {
  check: { tcp: true },
  interval: 5_000,
  timeout: 1_000,
  jitter: 0,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

interface Bench {
  readonly clock: FakeClock;
  readonly state: EndpointState;
  readonly checker: HealthChecker;
  /** When each check began, and the state that it left behind. */
  readonly log: string[];
  answer: boolean | undefined;
  changes: number;
  cancelled: number;
}

function bench(config: Partial<HealthCheckConfig> = {}, chance = 0): Bench {
  const clock = new FakeClock();
  const state = new EndpointState({ id: 'api-0', host: '127.0.0.1', port: 1 }, 0);
  const made: Omit<Bench, 'checker'> = {
    clock,
    state,
    log: [],
    answer: true,
    changes: 0,
    cancelled: 0,
  };
  const probe = (onResult: (isWell: boolean) => void): { cancel(): void } => {
    made.log.push(String(clock.now()));
    const { answer } = result;
    const timer = answer === undefined ? undefined : clock.after(10, () => onResult(answer));
    return {
      cancel: () => {
        timer?.cancel();
        result.cancelled++;
      },
    };
  };
  const checker = new HealthChecker({ ...CONFIG, ...config }, state, probe, {
    clock,
    chance: { next: () => chance },
  });
  const result: Bench = Object.assign(made, { checker });
  checker.onChange = () => result.changes++;
  return result;
}

describe('active health checks', () => {
  it('come every interval after the answer, and later by the jitter', () => {
    const plain = bench();
    plain.clock.advance(15_100);
    expect(plain.log).toEqual(['0', '5010', '10020', '15030']);
    const jittered = bench({ jitter: 2_000 }, 0.5);
    jittered.clock.advance(15_000);
    expect(jittered.log).toEqual(['500', '6510', '12520']);
  });

  it('take an endpoint out after so many failures in a row, and back after so many successes', () => {
    const one = bench();
    one.answer = false;
    one.clock.advance(5_050);
    one.answer = true;
    one.clock.advance(5_000);
    one.answer = false;
    one.clock.advance(10_000);
    expect(one.state.unhealthy).toBe(false);
    one.clock.advance(5_100);
    expect(one.state.unhealthy).toBe(true);
    one.answer = true;
    one.clock.advance(5_000);
    expect(one.state.unhealthy).toBe(true);
    one.clock.advance(5_010);
    expect(one.state.unhealthy).toBe(false);
    expect(one.state.since).toBeGreaterThan(30_000);
    expect(one.changes).toBe(2);
  });

  it('fail where no answer comes in time, and what still runs is given up', () => {
    const one = bench({ unhealthyThreshold: 1 });
    one.answer = undefined;
    one.clock.advance(999);
    expect(one.state.unhealthy).toBe(false);
    one.clock.advance(1);
    expect([one.state.unhealthy, one.cancelled]).toEqual([true, 1]);
    one.clock.advance(5_000);
    expect(one.log).toEqual(['0', '6000']);
  });

  it('leave nothing behind when they end, whether one runs or not', () => {
    const idle = bench();
    idle.checker.close();
    expect(idle.clock.pending).toBe(0);
    const running = bench();
    running.clock.advance(5);
    running.checker.close();
    expect([running.clock.pending, running.cancelled]).toEqual([0, 1]);
  });
});
