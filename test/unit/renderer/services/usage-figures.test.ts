import { describe, expect, it } from 'vitest';
import {
  memoryShare,
  memoryTone,
  usageTexts,
} from '../../../../src-renderer/services/usage-figures.ts';

describe('what a container uses', () => {
  it('is told in per cent of a core and in bytes per second', () => {
    const usage = { memory: 1, cpu: 150.4, received: 2048.4, sent: 0 };
    expect(usageTexts(usage)).toEqual({ cpu: '150 %', received: '2.0 KiB/s', sent: '0 B/s' });
    expect(usageTexts({ memory: 1, cpu: 0.24 }).cpu).toBe('0.2 %');
  });

  it('is a dash while it is not known', () => {
    expect(usageTexts(undefined)).toEqual({ cpu: '–', received: '–', sent: '–' });
    expect(usageTexts({ memory: 1 }).received).toBe('–');
  });

  it('is measured against a limit where there is one, and warns before it', () => {
    expect(memoryShare({ memory: 5 })).toBeUndefined();
    expect(memoryShare({ memory: 50, memoryLimit: 200 })).toBe(0.25);
    expect(memoryTone(undefined)).toBeUndefined();
    expect([0.5, 0.85, 0.99].map(memoryTone)).toEqual([undefined, 'warn', 'bad']);
  });
});
