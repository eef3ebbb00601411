import { describe, expect, it } from 'vitest';
import type { SequenceConfig } from '../../../../src-main/proxy/config/fault.ts';
import { createSequence } from '../../../../src-main/proxy/filters/http/sequence.ts';

const request = { method: 'GET', path: '/', host: 'h', names: ['x-user'], values: ['ada'] };
const target = (requestId: string) => ({
  requestId,
  version: 'v1',
  instance: 'a',
  hop: { faults: '', attempt: 0 },
});

function turns(config: SequenceConfig, ids: readonly string[]): string {
  const sequence = createSequence(config);
  return ids.map((id) => (sequence?.take(request, target(id)) ? 'x' : '.')).join('');
}

const ten = Array.from({ length: 10 }, (_, i) => String(i));

describe('a sequence', () => {
  it('takes the first ones, every Nth, and bursts', () => {
    expect(turns({ first: 3 }, ten)).toBe('xxx.......');
    expect(turns({ every: 4 }, ten)).toBe('...x...x..');
    expect(turns({ burst: { length: 2, every: 5 } }, ten)).toBe('xx...xx...');
  });

  it('lets each request fail so often, and then work', () => {
    const ids = ['a', 'b', 'a', 'a', 'b', 'b', 'a'];
    expect(turns({ failThenWork: { times: 2 } }, ids)).toBe('xxx.x..');
  });

  it('counts by a header where one is named', () => {
    expect(turns({ failThenWork: { times: 2, header: 'x-user' } }, ['a', 'b', 'c', 'a'])).toBe(
      'xx..',
    );
  });

  it('remembers so many requests and no more', () => {
    const many = Array.from({ length: 10_001 }, (_, i) => `r${i}`);
    const config = { failThenWork: { times: 1 } };
    // The first one has been forgotten, the second one has not.
    expect(turns(config, [...many, 'r1', 'r0']).slice(-2)).toBe('.x');
  });
});
