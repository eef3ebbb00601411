import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sayRule, titleOf } from '../../../../src-renderer/policies/describe.ts';
import {
  canSwitch,
  faultsOfEdge,
  faultsOfService,
  gatewayPoliciesOf,
  instanceFaultRules,
  namesBeside,
  policiesOf,
} from '../../../../src-renderer/policies/rules.ts';
import type { Rule } from '../../../../src-renderer/policies/rules.ts';

const CONTENT = parse(`
gateway:
  routes:
    - { path: /shop, service: web, timeout: 5s }
    - { path: /pay, service: payments, timeout: 1s }
services:
  payments: { mtls: permissive }
traffic:
  web:
  payments:
    split: { v1: 90, v2: 10 }
    overrides:
      - { headers: { x-canary: "on" }, version: v2 }
      - { path: { regex: /a.* }, method: [GET, HEAD], version: v1 }
    timeout: 2s
    circuitBreaker: { maxRequests: 10 }
    requestHeaders: { set: { x-a: "1" } }
    disabled: [timeout]
    routes:
      - { name: search, match: { path: /search }, retry: { attempts: 1 } }
faults:
  - { name: slow, from: orders, to: payments, delay: { duration: 300ms, percentage: 50 } }
  - { name: gone, enabled: false, to: payments, down: {}, abort: { status: 500 }, match: { path: /x, headers: { x-a: { present: false } } } }
  - { name: other, from: web, to: payments, delay: { duration: { logNormal: { median: 80ms, sigma: 1 } } }, schedule: { every: 1m, duration: 10s } }
  - { name: burst, to: web, resetPeer: {}, sequence: { burst: { length: 2, every: 10 } }, duration: 5s }
instanceFaults:
  - { name: frozen, service: payments, version: v1, index: 0, action: pause }
  - { name: slow-cpu, service: web, action: throttle, share: 30 }
rateLimits:
  - { name: few, to: payments, maxTokens: 10, fillInterval: 1s, enabled: false }
authorization:
  policies:
    - { name: callers, service: payments, from: { services: [orders] } }
    - { name: all, action: deny, to: { paths: [/admin*] } }
    - { name: web-only, service: web }
`) as Record<string, unknown>;

const told = (rules: Rule[]): string[] =>
  rules.map((rule) => `${titleOf(rule)}: ${sayRule(rule)}${rule.enabled ? '' : ' (off)'}`);

describe('the rules of a document', () => {
  it('are the faults of an edge: its own, and those of all callers', () => {
    expect(told(faultsOfEdge(CONTENT, 'orders', 'payments'))).toEqual([
      'Delay: 300ms on 50 %',
      'Down and Abort: down, 500, /x, x-a is missing (off)',
    ]);
  });

  it('are the faults of a service, with the times at which they act', () => {
    expect(told(faultsOfService(CONTENT, 'payments'))).toContain(
      'Delay: a log-normal time around 80ms, every 1m for 10s',
    );
    expect(told(faultsOfService(CONTENT, 'web'))).toEqual([
      'Reset peer: reset, 2 of 10 in a row, for 5s',
    ]);
  });

  it('are what happens to instances', () => {
    expect(told(instanceFaultRules(CONTENT))).toEqual([
      'Pause: pause payments v1 #0',
      'Throttle: throttle to 30 % web',
    ]);
    expect(instanceFaultRules(CONTENT, 'web')).toHaveLength(1);
  });

  it('are the policies of a service, wherever they stand, and whether they are off', () => {
    expect(told(policiesOf(CONTENT, 'payments'))).toEqual([
      'Split: v1 90 % · v2 10 %',
      'Override: x-canary: on → v2',
      'Override: regex /a.*, GET, HEAD → v1',
      'Timeout: 2s (off)',
      'Circuit breaker: requests 10',
      'Request headers: sets x-a',
      'Route: /search',
      'Retry: 1 more try',
      'Rate limit: 10 at once, 1 more each 1s (off)',
      'Mutual TLS: plain text as well',
      'Authorization: allow orders',
      'Authorization: deny anybody for /admin*',
    ]);
    expect(policiesOf(CONTENT, 'web').map(({ name }) => name)).toEqual(['all', 'web-only']);
    expect(policiesOf({}, 'web')).toEqual([]);
  });

  it('say where they stand', () => {
    const places = policiesOf(CONTENT, 'payments').map(({ place }) => place);
    expect(places).toContainEqual(['traffic', 'payments', 'overrides', 1]);
    expect(places).toContainEqual(['traffic', 'payments', 'routes', { named: 'search' }, 'retry']);
    expect(places).toContainEqual(['rateLimits', { named: 'few' }]);
    expect(gatewayPoliciesOf(CONTENT, 'payments')).toMatchObject([
      { place: ['gateway', 'routes', 1, 'timeout'], within: 'gateway route /pay' },
    ]);
  });

  it('can be switched, but for modes, routes and items without a name', () => {
    const fixed = policiesOf(CONTENT, 'payments').filter((rule) => !canSwitch(rule));
    expect(fixed.map(titleOf)).toEqual(['Override', 'Override', 'Route', 'Mutual TLS']);
  });

  it('have names that a new one must not have', () => {
    expect(namesBeside(CONTENT, ['faults', { named: 'x' }])).toEqual([
      ...['slow', 'gone', 'other', 'burst'],
    ]);
    expect(namesBeside({}, ['faults', { named: 'x' }])).toEqual([]);
  });
});
