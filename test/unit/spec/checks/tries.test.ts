import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../src-main/spec/document/edit.ts';
import { meshOf, problemsOf } from '../document/sample.ts';

const mesh = (policy: string, route = ''): string => `mesh: m
gateway: { routes: [{ service: web${route} }] }
services:
  web: { stub: {}, calls: [api] }
  api: { stub: {} }
traffic:
  api:
    ${policy}
`;

describe('tries that can never be', () => {
  it.each([
    [
      'a time for each that is not below the one for all',
      'timeout: 1s\n    retry: { attempts: 1, perTryTimeout: 1s }',
      /idle-policy a try of api never lasts that long/,
    ],
    [
      'hedging on a time that no try has',
      'retry: { attempts: 1 }\n    hedge: { onPerTryTimeout: true }',
      /idle-policy no try of api has a time of its own/,
    ],
    [
      'hedging after the timeout',
      'timeout: 50ms\n    hedge: { after: 50ms }',
      /idle-policy no second try of api starts/,
    ],
    [
      'statuses and headers that no word asks for',
      'retry: { attempts: 1, on: [5xx], headers: { x-again: "1" } }',
      /idle-policy nothing asks for "headers"; add retriable-headers to "on"/,
    ],
    [
      'a number of retries beside a budget',
      'circuitBreaker: { maxRetries: 3, retryBudget: {} }',
      /idle-policy the retry budget counts instead of it/,
    ],
  ])('%s: is told', (_what, policy, problem) => {
    expect(problemsOf(mesh(policy)).join('\n')).toMatch(problem);
  });

  it('are none where a route has from its service what it lacks', () => {
    const text = mesh(
      'retry: { attempts: 1, perTryTimeout: 100ms }\n    routes: [{ name: a, match: { path: /a }, hedge: { onPerTryTimeout: true } }]',
    );
    expect(problemsOf(text)).toEqual([]);
  });

  it('of callers outside the mesh are told', () => {
    const text = mesh('timeout: 1s', ', callerOverrides: true');
    expect(problemsOf(text)[0]).toMatch(/^2:\d+ idle-policy the gateway's callers are not/);
  });
});

describe('a policy of tries', () => {
  it.each([
    ['hedging without a when', 'hedge: {}', /wrong-value expected "after" or/],
    [
      'a number of hedges without their time',
      'hedge: { onPerTryTimeout: true, attempts: 2 }',
      /wrong-value "attempts" goes with "after"/,
    ],
    ['no idle time at all', 'idleTimeout: 0s', /wrong-value expected more than 0/],
    [
      'headers that are not named',
      'retry: { attempts: 1, on: [retriable-headers] }',
      /wrong-value retriable-headers needs "headers"/,
    ],
    [
      'a header in a format that is none',
      'retry: { attempts: 1, rateLimitedBackOff: { resetHeaders: { retry-after: days } } }',
      /retry-after/,
    ],
  ])('with %s is refused', (_what, policy, problem) => {
    expect(problemsOf(mesh(policy)).join('\n')).toMatch(problem);
  });

  it('is read with its defaults', () => {
    const { traffic } = meshOf(
      mesh(`retry:
      attempts: 2
      on: [retriable-headers]
      headers: { X-Again: { present: true } }
      perTryIdleTimeout: 2s
      rateLimitedBackOff: { resetHeaders: { Retry-After: seconds } }
      bufferBytes: 1024
      ignorePreviousHosts: false
    hedge: { after: 50ms }
    idleTimeout: 30s
    circuitBreaker: { retryBudget: {} }`),
    );
    expect(traffic['api']).toMatchObject({
      retry: {
        perTryIdleTimeout: 2000,
        headers: [{ of: 'header', name: 'x-again', by: 'present', values: [] }],
        rateLimitedBackOff: {
          resetHeaders: [{ name: 'retry-after', format: 'seconds' }],
          max: 300_000,
        },
        bufferBytes: 1024,
        ignorePreviousHosts: false,
      },
      hedge: { after: 50, attempts: 1 },
      idleTimeout: 30_000,
      circuitBreaker: { retryBudget: { budgetPercent: 20, minRetryConcurrency: 3 } },
    });
  });

  it('is edited without losing what the edit does not show', () => {
    const text = mesh(`retry: { attempts: 1 }`);
    const given = meshOf(
      mesh(
        'retry: { attempts: 3, headers: { x-again: { prefix: y } }, on: [retriable-headers], rateLimitedBackOff: { resetHeaders: { x-reset: unixTimestamp }, max: 1m }, perTryIdleTimeout: 5s, bufferBytes: 0, ignorePreviousHosts: false }',
      ),
    ).traffic['api'];
    const retry = given?.retry ?? null;
    const edited = applyEdit(text, { kind: 'set-retry', service: 'api', retry });
    expect(meshOf(edited).traffic['api']?.retry).toEqual(retry);
  });
});
