import { describe, expect, it } from 'vitest';
import {
  fitsLog,
  levelOf,
  mergeLines,
  partsOf,
} from '../../../../src-renderer/services/log-lines.ts';
import type { Level } from '../../../../src-renderer/services/log-lines.ts';

describe('levelOf', () => {
  it.each<[string, Level]>([
    ['{"level":"warn","msg":"x"}', 'warning'],
    ['{"level":50,"msg":"x"}', 'error'],
    ['{"level":30,"msg":"an error, they say"}', 'info'],
    ['{"severity":"ERROR"}', 'error'],
    ['time=1 level=error msg=x', 'error'],
    ['2026-01-01T00:00:00Z WARN  [main] slow', 'warning'],
    ['[DEBUG] x', 'debug'],
    ['ERROR: no such table', 'error'],
    ['error: no such table', 'error'],
    ['TypeError: x is undefined', 'error'],
    ['java.lang.IllegalStateException: no', 'error'],
    ['GET /errors 200', 'info'],
    ['no error was found', 'info'],
  ])('%s', (text, level) => expect(levelOf({ stream: 'stdout', text })).toBe(level));

  it('takes what says nothing on standard error for a warning', () => {
    expect(levelOf({ stream: 'stderr', text: 'listening' })).toBe('warning');
    expect(levelOf({ stream: 'stderr', text: 'INFO listening' })).toBe('info');
  });
});

describe('lines', () => {
  const line = (at: number, text: string) => ({ at, stream: 'stdout' as const, text });
  const lines = mergeLines({
    'a-v1-0': [line(1, 'one'), line(3, 'ERROR: Three')],
    'a-v1-1': [line(2, 'two')],
  });

  it('of all instances stand in the order in which they were written', () => {
    expect(lines.map(({ text }) => text)).toEqual(['one', 'two', 'ERROR: Three']);
  });

  it('are found by text, level and instance', () => {
    const found = (text: string, least: Level = 'debug', instance?: string) =>
      lines.filter((one) => fitsLog(one, { text, least, instance })).map(({ at }) => at);
    expect(found('three')).toEqual([3]);
    expect(found('', 'warning')).toEqual([3]);
    expect(found('', 'debug', 'a-v1-1')).toEqual([2]);
  });

  it('show what was looked for', () => {
    expect(partsOf('an Error, an error', 'ERROR')).toEqual(['an ', 'Error', ', an ', 'error', '']);
    expect(partsOf('text', '')).toEqual(['text']);
  });
});
