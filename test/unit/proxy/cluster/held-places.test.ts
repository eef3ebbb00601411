import { beforeEach, describe, expect, it } from 'vitest';
import {
  CircuitBreaker,
  NO_CIRCUIT_BREAKER,
} from '../../../../src-main/proxy/cluster/circuit-breaker.ts';
import type { HeldAs, HeldPlace } from '../../../../src-main/proxy/cluster/held-places.ts';
import type { CircuitBreakerConfig } from '../../../../src-main/proxy/config/upstream.ts';

let breaker: CircuitBreaker;
let told: string[];

beforeEach(() => {
  breaker = new CircuitBreaker();
  told = [];
});

function limit(limits: Partial<CircuitBreakerConfig>): void {
  breaker.limits = { ...NO_CIRCUIT_BREAKER, ...limits };
}

function take(as: HeldAs, name: string): HeldPlace {
  return breaker.held.take(as, {
    onPlace: () => told.push(name),
    onOverflow: (detail) => told.push(`${name}: ${detail}`),
  });
}

/** Places are given once all that runs at the moment is through. */
function later(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function counts(): number[] {
  return [breaker.connections, breaker.pending, breaker.requests];
}

describe('a place for what a fault holds', () => {
  it.each([
    ['tunnel', { maxConnections: 1 }, [1, 0, 0], '1 connections are open already'],
    ['connecting', { maxPendingRequests: 1 }, [0, 1, 0], '1 requests wait already'],
    ['h2', { maxRequests: 1 }, [0, 0, 1], '1 requests run already'],
    ['http/1.1', { maxRequests: 1 }, [0, 0, 1], '1 requests run already'],
  ] as const)('%s counts as what it is, until it is left', (as, limits, counted, full) => {
    limit(limits);
    const place = take(as, 'a');
    expect(counts()).toEqual(counted);
    take(as, 'b');
    expect(counts()).toEqual(counted);
    place.leave();
    place.leave();
    expect(counts()).toEqual([0, 0, 0]);
    take(as, 'c');
    expect(told).toEqual(['a', `b: ${full}`, 'c']);
  });

  it('is waited for on HTTP/1.1 while all connections are in use, in the order of asking', async () => {
    limit({ maxConnections: 1, maxPendingRequests: 2 });
    const first = take('http/1.1', 'a');
    for (const name of ['b', 'c', 'd']) take('http/1.1', name);
    expect(told).toEqual(['a', 'd: 2 requests wait already']);
    expect(counts()).toEqual([0, 2, 1]);
    first.leave();
    await later();
    expect(told.slice(2)).toEqual(['b']);
    expect(counts()).toEqual([0, 1, 1]);
  });

  it('goes to the request that was held first, and to others when that has ended', async () => {
    limit({ maxConnections: 1 });
    const first = take('http/1.1', 'a');
    take('http/1.1', 'b');
    first.leave();
    breaker.requests++;
    await later();
    expect(told).toEqual(['a']);
    breaker.requests--;
    await later();
    expect(told).toEqual(['a', 'b']);
  });

  it('is not waited for any more by who has left', async () => {
    limit({ maxConnections: 1 });
    const first = take('http/1.1', 'a');
    const second = take('http/1.1', 'b');
    second.leave();
    expect(counts()).toEqual([0, 0, 1]);
    first.leave();
    await later();
    expect(told).toEqual(['a']);
    expect(counts()).toEqual([0, 0, 0]);
  });

  it('is there at once where the limits are raised', async () => {
    limit({ maxConnections: 1 });
    take('http/1.1', 'a');
    const second = take('http/1.1', 'b');
    limit({ maxConnections: 2 });
    await later();
    expect(told).toEqual(['a', 'b']);
    second.leave();
    expect(counts()).toEqual([0, 0, 1]);
  });
});
