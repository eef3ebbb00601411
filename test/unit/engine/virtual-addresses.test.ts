import { describe, expect, it } from 'vitest';
import { VirtualAddresses } from '../../../src-main/engine/virtual-addresses.ts';

describe('virtual addresses', () => {
  it('stay with their service, whatever comes after it', () => {
    const addresses = new VirtualAddresses();
    expect(['cart', 'orders', 'cart', 'users'].map((name) => addresses.of(name))).toEqual([
      '127.7.0.1',
      '127.7.0.2',
      '127.7.0.1',
      '127.7.0.3',
    ]);
  });

  it('go on in the next row, without those that end with 0 or 255', () => {
    const addresses = new VirtualAddresses();
    const all = Array.from({ length: 600 }, (_, i) => addresses.of(`s${i}`));
    expect([all[253], all[254], all[508]]).toEqual(['127.7.0.254', '127.7.1.1', '127.7.2.1']);
    expect(new Set(all).size).toBe(600);
  });
});
