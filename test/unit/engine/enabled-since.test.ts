import { describe, expect, it } from 'vitest';
import { EnabledSince } from '../../../src-main/engine/enabled-since.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const ON = meshOf(SAMPLE.replace('    enabled: false\n', ''));
const OFF = meshOf(SAMPLE);

describe('when a fault was enabled', () => {
  it('is the same as long as it stays enabled, and anew after it was off', () => {
    const clock = new FakeClock(1000);
    const since = new EnabledSince(clock);
    expect([...since.update(ON)]).toEqual([['slow-payments', 1000]]);
    clock.advance(50);
    expect([...since.update(ON)]).toEqual([['slow-payments', 1000]]);
    expect([...since.update(OFF)]).toEqual([]);
    clock.advance(50);
    expect([...since.update(ON)]).toEqual([['slow-payments', 1100]]);
  });
});
