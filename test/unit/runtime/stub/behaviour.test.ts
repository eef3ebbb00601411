import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import { Behaviour } from '../../../../src-main/runtime/stub/behaviour.ts';
import { meshOf } from '../../spec/document/sample.ts';

/** What the stub of this text (YAML in one line) does. */
function behaviour(stub: string): Behaviour {
  const mesh = meshOf(`mesh: m
services:
  web:
    stub: ${stub}
    calls: [users, orders]
  users: { stub: {} }
  orders: { stub: {} }
`);
  const { workload } = mesh.services[0]?.versions[0] ?? {};
  if (workload?.runtime !== 'stub') throw new Error('no stub');
  return new Behaviour(workload.stub, seededChance(1));
}

function count<T>(times: number, make: () => T): Map<T, number> {
  const counts = new Map<T, number>();
  for (let i = 0; i < times; i++) {
    const value = make();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

describe('a stub', () => {
  it('answers 200 at once after it has called all that the service calls', () => {
    const plan = behaviour('{}').plan('GET', '/x?y=1');
    expect(plan).toMatchObject({ latency: 0, status: 200 });
    expect(plan?.calls).toEqual([
      { service: 'users', method: 'GET', path: '/', percentage: 100, required: true },
      { service: 'orders', method: 'GET', path: '/', percentage: 100, required: true },
    ]);
  });

  it('gives each status exactly as often as its share says', () => {
    const stub = behaviour('{ statuses: { 200: 90, 503: 7.5, 404: 2.5 } }');
    const counts = count(1000, () => stub.plan('GET', '/')?.status);
    expect(Object.fromEntries(counts)).toEqual({ 200: 900, 503: 75, 404: 25 });
  });

  it('makes a call for as many requests as its share says', () => {
    const stub = behaviour('{ calls: [{ service: users, percentage: 40 }] }');
    const counts = count(100, () => stub.plan('GET', '/')?.calls.length);
    expect(Object.fromEntries(counts)).toEqual({ 0: 60, 1: 40 });
  });

  it('spreads calls of the same share over the requests', () => {
    const stub = behaviour(
      '{ calls: [{ service: users, percentage: 50 }, { service: orders, percentage: 50 }] }',
    );
    const counts = count(100, () => stub.plan('GET', '/')?.calls.length);
    expect(Object.fromEntries(counts)).toEqual({ 1: 100 });
  });

  it('takes the first response for path and method, and what that leaves out from above', () => {
    const stub = behaviour(
      `{ latency: 5ms, statuses: { 200: 50, 500: 50 }, responses: [
         { path: /charge, method: POST, status: 201, calls: none },
         { path: /charge/, latency: 9ms } ] }`,
    );
    expect(stub.plan('POST', '/charge/1')).toMatchObject({ latency: 5, status: 201, calls: [] });
    expect(stub.plan('GET', '/charge')?.latency).toBe(9);
    expect(stub.plan('GET', '/charges')?.latency).toBe(5);
    const counts = count(10, () => stub.plan('GET', '/charge')?.status);
    expect(Object.fromEntries(counts)).toEqual({ 200: 5, 500: 5 });
  });

  it('is as slow as its distribution says', () => {
    const stub = behaviour('{ latency: { logNormal: { median: 20ms, sigma: 0.5 } } }');
    const times = Array.from({ length: 1001 }, () => stub.plan('GET', '/')?.latency ?? 0);
    const sorted = times.toSorted((one, other) => one - other);
    expect(sorted[500]).toBeGreaterThan(18);
    expect(sorted[500]).toBeLessThan(22);
    // The 99th percentile of this distribution: 20 * exp(0.5 * 2.326).
    expect(sorted[990]).toBeGreaterThan(55);
    expect(sorted[990]).toBeLessThan(75);
  });

  it('sends a value as JSON and a text as it stands', () => {
    const plan = behaviour('{ body: { name: Ada }, headers: { X-Kind: user } }').plan('GET', '/');
    expect(plan?.response).toMatchObject({ body: '{"name":"Ada"}', headers: { 'x-kind': 'user' } });
    expect(behaviour('{ body: Ada }').plan('GET', '/')?.response.body).toBe('Ada');
  });
});
