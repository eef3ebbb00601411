import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  parseDuration,
  parseOffset,
  parseSize,
} from '../../../src-main/base/units.ts';

describe('a duration', () => {
  it.each([
    ['300ms', 300],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '5', '5 s', '-1s', '1d', 's', '1s2'])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    ['1h', 3_600_000],
    ['+5s', 5000],
    ['-300ms', -300],
    ['--1s', undefined],
    ['-', undefined],
  ])('with a sign, %s, is %s', (text, ms) => {
    expect(parseOffset(text)).toBe(ms);
  });

  it.each([
    [300, '300ms'],
    [1500, '1500ms'],
    [2000, '2s'],
    [120_000, '2m'],
    [3_600_000, '1h'],
    [0, '0ms'],
  ])('%i ms is written %s and read back', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('a size', () => {
  it.each([
    ['65536', 65_536],
    ['512m', 512 * 1024 * 1024],
    ['512Mi', 512 * 1024 * 1024],
    ['1.5 GB', 1536 * 1024 * 1024],
    ['2kb', 2048],
    ['8b', 8],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', 'm', '-1m', '1x', '1 k b'])('"%s" is none', (text) => {
    expect(parseSize(text)).toBeUndefined();
  });
});
