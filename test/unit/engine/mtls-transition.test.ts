import { describe, expect, it } from 'vitest';
import { MtlsTransition } from '../../../src-main/engine/mtls-transition.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const STRICT = meshOf(SAMPLE);
const DISABLED = meshOf(SAMPLE.replace('mesh: shop\n', 'mesh: shop\nmtls: disabled\n'));
const ONE_DISABLED = meshOf(SAMPLE.replace('  orders:\n', '  orders:\n    mtls: disabled\n'));

describe('a change of mutual TLS', () => {
  it('opens the services whose mode changes, and them alone, for a while', () => {
    const clock = new FakeClock();
    let over = 0;
    const transition = new MtlsTransition(clock, () => over++);
    expect(transition.begin(STRICT, STRICT)).toBe(false);
    expect(transition.begin(STRICT, ONE_DISABLED)).toBe(true);
    expect([...transition.services]).toEqual(['orders']);
    clock.advance(999);
    expect(over).toBe(0);
    clock.advance(1);
    expect([over, transition.services.size]).toEqual([1, 0]);
  });

  it('goes on where the next change comes during it', () => {
    const clock = new FakeClock();
    let over = 0;
    const transition = new MtlsTransition(clock, () => over++);
    transition.begin(STRICT, ONE_DISABLED);
    clock.advance(600);
    transition.begin(ONE_DISABLED, DISABLED);
    expect(transition.services).toEqual(new Set(STRICT.services.map(({ name }) => name)));
    clock.advance(600);
    expect(over).toBe(0);
    clock.advance(400);
    expect(over).toBe(1);
  });

  it('leaves no timer behind', () => {
    const clock = new FakeClock();
    const transition = new MtlsTransition(clock, () => expect.unreachable());
    transition.begin(STRICT, DISABLED);
    transition.close();
    clock.advance(5_000);
  });
});
