import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import { createBandwidth } from '../../../../src-main/proxy/shaping/bandwidth.ts';
import { createStages } from '../../../../src-main/proxy/shaping/catalogue.ts';
import type { ShapingConfig } from '../../../../src-main/proxy/shaping/catalogue.ts';
import { createLatency } from '../../../../src-main/proxy/shaping/latency.ts';
import { createLimitData } from '../../../../src-main/proxy/shaping/limit-data.ts';
import { createResetPeer } from '../../../../src-main/proxy/shaping/reset-peer.ts';
import { createSlicer } from '../../../../src-main/proxy/shaping/slicer.ts';
import { createSlowClose } from '../../../../src-main/proxy/shaping/slow-close.ts';
import { createTimeout } from '../../../../src-main/proxy/shaping/timeout.ts';
import { shaped } from '../../../support/shaped.ts';

describe('latency', () => {
  it('holds every chunk for what is drawn, and none overtakes another', () => {
    const draws = [100, 10, 0];
    const { shaper, sink, clock } = shaped([createLatency(() => draws.shift() ?? 0)]);
    shaper.write(Buffer.from('a'));
    clock.advance(50);
    shaper.write(Buffer.from('b'));
    clock.advance(60);
    shaper.write(Buffer.from('c'));
    shaper.end();
    expect(sink.log).toEqual(['100 a', '100 b', '110 c', '110 end']);
  });
});

describe('bandwidth', () => {
  it('lets exactly its rate through, evenly, in small pieces', () => {
    const { shaper, sink, clock } = shaped([createBandwidth(1000)]);
    shaper.write(Buffer.alloc(3000));
    shaper.end();
    const passed = (): number => sink.chunks.reduce((sum, { length }) => sum + length, 0);
    clock.advance(1000);
    expect(passed()).toBe(1000);
    clock.advance(500);
    expect(passed()).toBe(1500);
    clock.advance(1499);
    expect(sink.log.at(-1)).not.toContain('end');
    clock.advance(1);
    expect(passed()).toBe(3000);
    expect(sink.log.at(-1)).toBe('3000 end');
  });

  it('saves nothing up while nothing comes', () => {
    const { shaper, sink, clock } = shaped([createBandwidth(1000)]);
    clock.advance(10_000);
    shaper.write(Buffer.alloc(500));
    clock.advance(250);
    expect(sink.chunks.reduce((sum, { length }) => sum + length, 0)).toBe(250);
  });
});

describe('slow close', () => {
  it('holds back the end alone', () => {
    const { shaper, sink, clock } = shaped([createSlowClose(200)]);
    shaper.write(Buffer.from('a'));
    shaper.end();
    expect(sink.log).toEqual(['0 a']);
    clock.advance(200);
    expect(sink.log).toEqual(['0 a', '200 end']);
  });
});

describe('slicer', () => {
  it('cuts into pieces about its size, a delay between them', () => {
    const stage = createSlicer({ size: 10, variation: 4, delay: 5 }, seededChance(7));
    const { shaper, sink, clock } = shaped([stage]);
    const bytes = Buffer.from('0123456789'.repeat(20));
    shaper.write(bytes);
    shaper.end();
    expect(sink.chunks).toHaveLength(1);
    clock.advance(1000);
    const lengths = sink.chunks.slice(0, -1).map(({ length }) => length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(14);
    expect(new Set(lengths).size).toBeGreaterThan(3);
    expect(sink.text()).toBe(bytes.toString());
    expect(sink.log.at(-1)).toBe(`${(sink.chunks.length - 1) * 5} end`);
  });
});

describe('limit data', () => {
  it('breaks the stream at the byte that fills it', () => {
    const { shaper, sink } = shaped([createLimitData(5, 'reset')]);
    shaper.write(Buffer.from('abc'));
    shaper.write(Buffer.from('defg'));
    shaper.write(Buffer.from('h'));
    expect(sink.log).toEqual(['0 abc', '0 de', '0 reset']);
  });

  it('breaks it at the first byte where none may pass', () => {
    const { shaper, sink } = shaped([createLimitData(0, 'close')]);
    shaper.write(Buffer.from('a'));
    expect(sink.log).toEqual(['0 close']);
  });

  it('leaves a shorter stream alone', () => {
    const { shaper, sink } = shaped([createLimitData(5, 'close')]);
    shaper.write(Buffer.from('abcd'));
    shaper.end();
    expect(sink.log).toEqual(['0 abcd', '0 end']);
  });

  it('breaks it behind what still waits in a later stage', () => {
    const { shaper, sink, clock } = shaped([createLimitData(2, 'close'), createBandwidth(20)]);
    shaper.write(Buffer.from('abc'));
    clock.advance(1000);
    expect(sink.log).toEqual(['50 a', '100 b', '100 close']);
  });
});

describe('timeout', () => {
  it('lets nothing through, then closes', () => {
    const { shaper, sink, clock } = shaped([createTimeout(100)]);
    shaper.write(Buffer.from('a'));
    clock.advance(99);
    expect(sink.log).toEqual([]);
    clock.advance(1);
    expect(sink.log).toEqual(['100 close']);
  });

  it('is silent for as long as it is there, without a time, and loses nothing when it goes', () => {
    const { shaper, sink, clock } = shaped([createTimeout(0)]);
    shaper.write(Buffer.from('a'));
    shaper.end();
    clock.advance(1_000_000);
    expect(sink.log).toEqual([]);
    shaper.reshape([]);
    expect(sink.log).toEqual(['1000000 a', '1000000 end']);
  });
});

describe('reset peer', () => {
  it('resets when its time is over, and lets bytes pass until then', () => {
    const { shaper, sink, clock } = shaped([createResetPeer(100)]);
    shaper.write(Buffer.from('a'));
    clock.advance(100);
    expect(sink.log).toEqual(['0 a', '100 reset']);
  });
});

/** A configuration for each kind: the type makes a new kind without a case an error. */
const CASES = {
  latency: { latency: () => 20 },
  bandwidth: { bandwidth: 10_000 },
  slicer: { slicer: { size: 7, variation: 3, delay: 1 } },
  limitData: { limitData: { bytes: 1_000_000, how: 'close' } },
  slowClose: { slowClose: 50 },
  timeout: { timeout: 1_000 },
  resetPeer: { resetPeer: 1_000_000 },
} as const satisfies Record<keyof ShapingConfig, ShapingConfig>;

describe.each(Object.keys(CASES) as (keyof ShapingConfig)[])(
  'every kind of shaping: %s',
  (kind) => {
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, n) => n % 251));

    it('leaves nothing running when it is interrupted', () => {
      const { shaper, sink, clock } = shaped(createStages(CASES[kind], seededChance(1)));
      shaper.write(bytes);
      clock.advance(5);
      shaper.cancel();
      const before = sink.log.length;
      clock.advance(10_000_000);
      expect(sink.log).toHaveLength(before);
      expect(clock.pending).toBe(0);
    });

    it('has passed all bytes in their order once it is gone', () => {
      const { shaper, sink, clock } = shaped(createStages(CASES[kind], seededChance(1)));
      for (let from = 0; from < bytes.length; from += 50) {
        shaper.write(bytes.subarray(from, from + 50));
        clock.advance(3);
      }
      shaper.end();
      shaper.reshape([]);
      expect(Buffer.concat(sink.chunks).equals(bytes)).toBe(true);
      expect(sink.log.at(-1)).toMatch(/end$/);
      expect(clock.pending).toBe(0);
    });
  },
);
