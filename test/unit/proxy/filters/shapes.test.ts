import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import type { ResponseHead } from '../../../../src-main/proxy/codec/http1/response-head.ts';
import type { FaultKindConfigs } from '../../../../src-main/proxy/config/fault.ts';
import { createFaultFilters } from '../../../../src-main/proxy/filters/http/catalogue.ts';
import type { Shape } from '../../../../src-main/proxy/filters/http/filter.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { shaped } from '../../../support/shaped.ts';

const HEAD: ResponseHead = {
  minorVersion: 1,
  status: 200,
  reason: 'OK',
  names: ['content-type', 'etag', 'x-one'],
  values: ['text/plain', '"a"', '1'],
  contentLength: 6,
  chunked: false,
  close: false,
  nominated: undefined,
  upgrade: '',
};

function shapeOf(kind: FaultKindConfigs, seed = 1): Shape {
  const config = { name: 'f', match: {}, random: false, seed, ...kind };
  const place = {
    clock: new FakeClock(),
    chance: seededChance(1),
    node: 'n',
    nodeVersion: 'v1',
    route: 'r',
  };
  const [filter] = [...createFaultFilters([config], place).values()];
  const action = filter?.apply(
    { method: 'GET', path: '/', host: 'h', names: [], values: [] },
    { requestId: 'r', version: 'v1', instance: 'a', hop: { faults: '', attempt: 0 } },
  );
  if (action?.kind !== 'shape') throw new Error('no shape');
  return action.shape;
}

/** What becomes of an answer's body, in pieces. */
function answer(shape: Shape, chunks: readonly string[], head = HEAD): string[] {
  const { shaper, sink } = shaped(shape.down?.(head) ?? []);
  for (const chunk of chunks) shaper.write(Buffer.from(chunk));
  shaper.end();
  return sink.log.map((line) => line.replace('0 ', ''));
}

const percentage = 100;

describe('what a fault makes of an answer', () => {
  it('other headers: set whether they were there or not, and removed', () => {
    const set = { etag: '"b"', 'x-two': '2' };
    const shape = shapeOf({ responseHeaders: { set, remove: ['x-one', 'x-none'], percentage } });
    const { names, values } = shape.head?.(HEAD) ?? {};
    expect(names).toEqual(['content-type', 'etag', 'x-two']);
    expect(values).toEqual(['text/plain', '"b"', '2']);
  });

  it('truncated: less of the body, and a length that fits', () => {
    const shape = shapeOf({ truncate: { bytes: 4, percentage } });
    expect(shape.head?.(HEAD).contentLength).toBe(4);
    expect(shape.head?.({ ...HEAD, contentLength: 2 }).contentLength).toBe(2);
    expect(shape.head?.({ ...HEAD, contentLength: -1, chunked: true }).contentLength).toBe(-1);
    expect(answer(shape, ['abc', 'def'])).toEqual(['abc', 'd', 'end']);
  });

  it('broken behind its head, or in the middle of its body', () => {
    const breaking = (reset: 'afterHead' | 'midBody') =>
      shapeOf({ abort: { status: 503, reset, percentage } });
    expect(answer(breaking('afterHead'), ['abc', 'def'])).toEqual(['reset']);
    expect(answer(breaking('afterHead'), [])).toEqual(['reset']);
    expect(answer(breaking('midBody'), ['ab', 'cdef'])).toEqual(['ab', 'c', 'reset']);
    const unknown = { ...HEAD, contentLength: -1, chunked: true };
    expect(answer(breaking('midBody'), ['abcd', 'ef'], unknown)).toEqual(['ab', 'reset']);
  });

  it('corrupt at the places that were named, and never in the bytes that came', () => {
    const shape = shapeOf({ corrupt: { direction: 'down', bytes: 0, at: [1, 4], percentage } });
    const chunks = [Buffer.from('abc'), Buffer.from('def')];
    const { shaper, sink } = shaped(shape.down?.(HEAD) ?? []);
    for (const chunk of chunks) shaper.write(chunk);
    const out = Buffer.concat(sink.chunks);
    const changed = [...out].flatMap((byte, i) => (byte === 'abcdef'.charCodeAt(i) ? [] : [i]));
    expect(changed).toEqual([1, 4]);
    expect(chunks.map(String)).toEqual(['abc', 'def']);
  });

  it('corrupt in so many per cent of its bytes, however it comes in pieces, and alike with one seed', () => {
    const config = { corrupt: { direction: 'down', bytes: 2, at: [], percentage } } as const;
    const corrupted = (seed: number): Buffer => {
      const { shaper, sink } = shaped(shapeOf(config, seed).down?.(HEAD) ?? []);
      for (let i = 0; i < 1000; i++) shaper.write(Buffer.alloc(100));
      return Buffer.concat(sink.chunks);
    };
    const one = corrupted(1);
    const share = one.filter((byte) => byte !== 0).length / one.length;
    expect(Math.abs(share - 0.02)).toBeLessThan(0.002);
    expect(corrupted(1).equals(one)).toBe(true);
    expect(corrupted(2).equals(one)).toBe(false);
  });
});
