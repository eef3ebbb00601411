import { describe, expect, it } from 'vitest';
import { EndpointState } from '../../../../../src-main/proxy/cluster/endpoint-state.ts';
import { OutlierDetector } from '../../../../../src-main/proxy/cluster/outlier/detector.ts';
import type { OutlierDetectionConfig } from '../../../../../src-main/proxy/config/upstream.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

const CONFIG: OutlierDetectionConfig = {
  consecutive5xx: 5,
  consecutiveGatewayErrors: 0,
  interval: 10_000,
  baseEjectionTime: 30_000,
  maxEjectionTime: 100_000,
  maxEjectionPercent: 10,
};

interface Bench {
  readonly clock: FakeClock;
  readonly detector: OutlierDetector;
  readonly endpoints: readonly EndpointState[];
  readonly first: EndpointState;
  changes(): number;
  fail(times: number, status?: number): void;
}

function bench(config: Partial<OutlierDetectionConfig> = {}, count = 10): Bench {
  const clock = new FakeClock();
  const detector = new OutlierDetector({ ...CONFIG, ...config }, clock);
  const endpoints = Array.from(
    { length: count },
    (_, i) => new EndpointState({ id: `api-${i}`, host: '127.0.0.1', port: i + 1 }, 0),
  );
  let changes = 0;
  detector.watch(endpoints, () => changes++);
  const first = endpoints[0] as EndpointState;
  const fail = (times: number, status = 500): void => {
    for (let i = 0; i < times; i++) detector.onStatus(first, status);
  };
  return { clock, detector, endpoints, first, changes: () => changes, fail };
}

describe('outlier detection', () => {
  it('ejects after so many failures in a row, and not where an answer came between', () => {
    const { detector, first, fail, changes } = bench();
    fail(4);
    detector.onStatus(first, 404);
    fail(4);
    expect(first.ejection).toBeUndefined();
    fail(1);
    expect(first.ejection).toEqual({ cause: 'consecutive-5xx', until: 30_000 });
    expect(changes()).toBe(1);
  });

  it('counts gateway errors by themselves, and 500 as none of them', () => {
    const { first, fail } = bench({ consecutive5xx: 0, consecutiveGatewayErrors: 3 });
    fail(2, 503);
    fail(1, 500);
    fail(2, 502);
    expect(first.ejection).toBeUndefined();
    fail(1, 504);
    expect(first.ejection?.cause).toBe('consecutive-gateway-errors');
  });

  it('counts what got no answer as 503 or 504', () => {
    const { detector, first } = bench({ consecutive5xx: 3, consecutiveGatewayErrors: 2 });
    detector.onLocalFailure(first, false);
    detector.onLocalFailure(first, true);
    expect(first.ejection?.cause).toBe('consecutive-gateway-errors');
    const other = bench({ consecutive5xx: 3 });
    other.fail(2);
    other.detector.onLocalFailure(other.first, false);
    expect(other.first.ejection?.cause).toBe('consecutive-5xx');
  });

  it('or by itself, where that is asked for', () => {
    const { detector, first } = bench({ consecutive5xx: 1, consecutiveLocalOriginFailures: 2 });
    detector.onLocalFailure(first, false);
    detector.onStatus(first, 200);
    detector.onLocalFailure(first, false);
    expect(first.ejection).toBeUndefined();
    detector.onLocalFailure(first, true);
    expect(first.ejection?.cause).toBe('consecutive-local-failures');
  });

  it('takes an endpoint back at the interval after its time, with a clean slate', () => {
    const { clock, first, fail, changes } = bench({ interval: 9_000 });
    fail(5);
    clock.advance(29_999);
    expect(first.ejection).toBeDefined();
    clock.advance(6_000);
    expect(first.ejection).toBeDefined();
    clock.advance(1);
    expect(first.ejection).toBeUndefined();
    // As in Envoy, who comes back does not begin slowly for that.
    expect(first.since).toBe(0);
    expect(changes()).toBe(2);
    fail(4);
    expect(first.ejection).toBeUndefined();
  });

  it('ejects for longer each time, up to the most, and less again when all was well for a while', () => {
    const { clock, first, fail } = bench();
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      fail(5);
      times.push((first.ejection?.until ?? 0) - clock.now());
      while (first.ejection) clock.advance(1_000);
    }
    expect(times).toEqual([30_000, 60_000, 90_000, 100_000, 100_000]);
    clock.advance(20_000);
    fail(5);
    expect((first.ejection?.until ?? 0) - clock.now()).toBe(60_000);
  });

  it('ejects no more than its share, but one in any case', () => {
    const { detector, endpoints } = bench({ maxEjectionPercent: 30 });
    for (const endpoint of endpoints) {
      for (let i = 0; i < 5; i++) detector.onStatus(endpoint, 500);
    }
    expect(endpoints.filter(({ ejection }) => ejection)).toHaveLength(3);
    const few = bench({ maxEjectionPercent: 10 }, 2);
    few.fail(5);
    expect(few.first.ejection).toBeDefined();
  });

  it('ejects who fails more often than the others, once they had enough requests', () => {
    const { clock, detector, endpoints, first } = bench({
      consecutive5xx: 0,
      maxEjectionPercent: 50,
      successRate: { minimumHosts: 5, requestVolume: 100, stdevFactor: 1900 },
    });
    for (let i = 0; i < 100; i++) {
      for (const endpoint of endpoints) {
        const fails = endpoint === first && i % 2 === 0;
        detector.onStatus(endpoint, fails ? 500 : 200);
      }
    }
    clock.advance(10_000);
    expect(endpoints.filter(({ ejection }) => ejection)).toEqual([first]);
    expect(first.ejection?.cause).toBe('success-rate');
  });

  it('leaves no timer behind', () => {
    const { clock, detector } = bench();
    expect(clock.pending).toBe(1);
    detector.close();
    expect(clock.pending).toBe(0);
  });
});
