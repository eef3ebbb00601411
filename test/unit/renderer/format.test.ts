import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatMs,
  formatMsShort,
  formatRate,
  formatShare,
  formatShareShort,
  formatSpan,
} from '../../../src-renderer/ui/format.ts';

describe('figures', () => {
  it.each([
    [formatRate, 0, '0.0/s'],
    [formatRate, 99.95, '100/s'],
    [formatRate, 999.9, '1.0k/s'],
    [formatRate, 12_345, '12.3k/s'],
    [formatMs, 0.5, '0.50 ms'],
    [formatMs, 99.96, '100 ms'],
    [formatMs, 1500, '1.50 s'],
    [formatMsShort, 9.96, '10 ms'],
    [formatMsShort, 999.6, '1.0 s'],
    [formatMsShort, 9999, '10 s'],
    [formatShare, 0, '0 %'],
    [formatShare, 0.0001, '<0.1 %'],
    [formatShare, 0.9999, '>99.9 %'],
    [formatShare, 1, '100 %'],
    [formatShareShort, 0.001, '<1 %'],
    [formatShareShort, 0.999, '99 %'],
    [formatShareShort, 1, '100 %'],
    [formatSpan, 90_000, '2 min'],
    [formatBytes, 2048, '2.0 KiB'],
  ])('%o of %d is %s', (format, value, text) => {
    expect(format(value)).toBe(text);
  });
});
