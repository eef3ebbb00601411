import { describe, expect, it } from 'vitest';
import type { HopView, TraceView } from '../../../../../src-main/api/contract/index.ts';
import {
  callersHops,
  chosenHop,
  sameHop,
  wayText,
} from '../../../../../src-renderer/traffic/messages/hops.ts';
import { hopView } from '../../../../support/hop-view.ts';

const hop = (id: string, given: Partial<HopView> = {}): HopView =>
  hopView(id, '', 0, 1, 0, { source: 'web', destination: 'a', ...given });
const traceOf = (...hops: HopView[]): TraceView => ({ traceId: 't', start: 0, duration: 1, hops });

describe('whose messages are shown', () => {
  const trace = traceOf(
    hop('g', { direction: 'gateway', source: 'gateway', destination: 'web' }),
    hop('in', { direction: 'inbound' }),
    hop('1', { captured: true, flags: ['RETRIED'] }),
    hop('2', { captured: true, attempt: 1 }),
    hop('tcp', { protocol: 'tcp' }),
  );

  it('is a caller’s hop that has messages', () => {
    expect(callersHops(trace).map(({ spanId }) => spanId)).toEqual(['g', '1', '2']);
  });

  it('is the one that was asked for, else a captured one that was the last word', () => {
    expect(chosenHop(trace, 'g')?.spanId).toBe('g');
    expect(chosenHop(trace, undefined)?.spanId).toBe('2');
    expect(chosenHop(trace, 'gone')?.spanId).toBe('2');
    expect(chosenHop(traceOf(hop('x')), undefined)?.spanId).toBe('x');
    expect(chosenHop(traceOf(), undefined)).toBeUndefined();
  });

  it('of another trace is the hop that goes the same way, as often', () => {
    const before = traceOf(hop('A'), hop('B', { destination: 'b' }), hop('C'));
    const after = traceOf(hop('a'), hop('c'));
    const [, second] = after.hops;
    expect(second && sameHop(after, second, before)?.spanId).toBe('C');
    const [lone] = traceOf(hop('z', { destination: 'z' })).hops;
    expect(lone && sameHop(after, lone, before)).toBeUndefined();
  });

  it('is said by its way and its try', () => {
    expect(trace.hops.map(wayText)).toEqual([
      'client → gateway → web',
      'web → a',
      'web → a',
      'web → a, try 2',
      'web → a',
    ]);
  });
});
