import { describe, expect, it } from 'vitest';
import { createBandwidth } from '../../../../src-main/proxy/shaping/bandwidth.ts';
import { createLatency } from '../../../../src-main/proxy/shaping/latency.ts';
import { createTimeout } from '../../../../src-main/proxy/shaping/timeout.ts';
import { shaped } from '../../../support/shaped.ts';

describe('Shaper', () => {
  it('passes everything on at once where there is no stage', () => {
    const { shaper, sink, clock } = shaped([]);
    shaper.write(Buffer.from('one'));
    shaper.write(Buffer.from('two'));
    shaper.end();
    expect(sink.log).toEqual(['0 one', '0 two', '0 end']);
    expect(clock.pending).toBe(0);
  });

  it('sends what has waited through one stage through the next one', () => {
    const { shaper, sink, clock } = shaped([createLatency(() => 100), createBandwidth(20)]);
    shaper.write(Buffer.from('ab'));
    clock.advance(1000);
    expect(sink.log).toEqual(['150 a', '200 b']);
    expect(clock.pending).toBe(0);
  });

  it('is congested while it holds enough, and tells when there is room', () => {
    const { shaper, sink, clock } = shaped([createBandwidth(64 * 1024)]);
    shaper.write(Buffer.alloc(63 * 1024));
    expect(shaper.congested).toBe(false);
    shaper.write(Buffer.alloc(64 * 1024));
    expect(shaper.congested).toBe(true);
    clock.advance(900);
    expect(sink.rooms).toBe(0);
    clock.advance(200);
    expect(shaper.congested).toBe(false);
    expect(sink.rooms).toBe(1);
    clock.advance(5000);
    expect(sink.rooms).toBe(1);
  });

  it('keeps what is due until its sink takes it, without a timer', () => {
    const { shaper, sink, clock } = shaped([createLatency(() => 10)]);
    shaper.write(Buffer.from('a'));
    sink.congested = true;
    clock.advance(100);
    expect(sink.log).toEqual([]);
    expect(shaper.congested).toBe(true);
    expect(clock.pending).toBe(0);
    sink.congested = false;
    shaper.onSinkDrain();
    expect(sink.log).toEqual(['100 a']);
    expect(sink.rooms).toBe(1);
  });

  it('keeps what waits when only another stage comes', () => {
    const latency = createLatency(() => 500);
    const { shaper, sink, clock } = shaped([latency]);
    shaper.write(Buffer.from('one'));
    shaper.reshape([latency, createBandwidth(1_000_000)]);
    expect(sink.log).toEqual([]);
    clock.advance(500);
    expect(sink.log).toEqual(['500 one']);
  });

  it('lets go of what waits when its stages go, in its order, and leaves no timer', () => {
    const { shaper, sink, clock } = shaped([createLatency(() => 500), createBandwidth(100)]);
    shaper.write(Buffer.from('one'));
    clock.advance(10);
    shaper.write(Buffer.from('two'));
    shaper.reshape([]);
    shaper.write(Buffer.from('three'));
    expect(sink.text()).toBe('onetwothree');
    expect(sink.log.every((line) => line.startsWith('10 '))).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('keeps the time of a stage that stays while another one comes', () => {
    const timeout = createTimeout(300);
    const { shaper, sink, clock } = shaped([timeout]);
    clock.advance(200);
    shaper.reshape([createLatency(() => 1), timeout]);
    clock.advance(99);
    expect(sink.log).toEqual([]);
    clock.advance(1);
    expect(sink.log).toEqual(['300 close']);
    expect(clock.pending).toBe(0);
  });

  it('drops all and stops every timer when it is cancelled', () => {
    const { shaper, sink, clock } = shaped([createLatency(() => 50), createTimeout(100)]);
    shaper.write(Buffer.from('a'));
    shaper.cancel();
    clock.advance(1000);
    shaper.write(Buffer.from('b'));
    shaper.end();
    expect(sink.log).toEqual([]);
    expect(clock.pending).toBe(0);
    expect(shaper.congested).toBe(false);
  });

  it('keeps the order where its sink writes into it from within', () => {
    const { shaper, sink, clock } = shaped([createLatency(() => 10)]);
    let echoed = false;
    sink.onWrite = () => {
      if (echoed) return;
      echoed = true;
      shaper.write(Buffer.from('c'));
    };
    shaper.write(Buffer.from('a'));
    shaper.write(Buffer.from('b'));
    clock.advance(100);
    expect(sink.text()).toBe('abc');
    expect(clock.pending).toBe(0);
  });
});
