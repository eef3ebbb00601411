import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import type { FaultConfig } from '../../../../src-main/proxy/config/fault.ts';
import type { RouteConfig } from '../../../../src-main/proxy/config.ts';
import { compileRoutes } from '../../../../src-main/proxy/router/route.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const place = { clock: new FakeClock(), chance: seededChance(1), node: 'a', nodeVersion: 'v1' };

function chainOf(config: Partial<RouteConfig>): string[] {
  const split = [{ cluster: 'a', weight: 1 }];
  const whole = { name: 'r', match: {}, overrides: [], split, timeout: 0, faults: [], ...config };
  return (compileRoutes([whole], [], place)[0]?.chain ?? '').split(',');
}

function fault(name: string, kind: Partial<FaultConfig>): FaultConfig {
  return { name, match: {}, random: false, ...kind };
}

describe('the chain of a route', () => {
  it('is empty where there is nothing', () => {
    expect(chainOf({})).toEqual(['']);
  });

  it('has everything in the order in which it acts, whatever the order of the document', () => {
    const bucket = { maxTokens: 1, tokensPerFill: 1, fillInterval: 1, headers: false };
    const chain = chainOf({
      timeout: 1,
      retry: { attempts: 1, perTryTimeout: 0, on: ['5xx'], backOff: { base: 1, max: 1 } },
      rateLimits: ['one', 'two'].map((name) => ({ name, match: {}, perCaller: false, ...bucket })),
      authorization: {
        namesRule: true,
        policies: [{ name: 'p', action: 'deny', dryRun: false, paths: ['/x'] }],
      },
      requestHeaders: { set: { a: 'b' } },
      responseHeaders: { set: { a: 'b' } },
      faults: [
        fault('slow-body', { bandwidth: { up: 1, percentage: 100 } }),
        fault('both', {
          abort: { status: 500, percentage: 1 },
          delay: { duration: 1, percentage: 1 },
        }),
        fault('late', { delay: { duration: 1, percentage: 1 } }),
      ],
    });
    expect(chain).toEqual([
      ...['pathNormalization', 'authorization', 'rateLimits one', 'rateLimits two'],
      ...['timeout', 'retry'],
      ...['delay both', 'delay late', 'abort both', 'bandwidth slow-body'],
      ...['rewrite', 'responseHeaders'],
    ]);
  });
});
