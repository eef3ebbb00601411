import { describe, expect, it } from 'vitest';
import { changedLines } from '../../../../src-main/spec/document/changed-lines.ts';

describe('lines that differ', () => {
  it('are the shortest stretch, from the first that differs to the last', () => {
    expect(changedLines('a\nb\nc\nd', 'a\nx\ny\nd')).toEqual({
      line: 2,
      removed: ['b', 'c'],
      added: ['x', 'y'],
    });
    expect(changedLines('a\nb\n', 'a\nb\nc\n')).toEqual({ line: 3, removed: [], added: ['c'] });
    expect(changedLines('a\na\na', 'a\na')).toEqual({ line: 3, removed: ['a'], added: [] });
  });

  it('are none where only the ends of lines differ', () => {
    expect(changedLines('a\r\nb', 'a\nb')).toEqual({ line: 3, removed: [], added: [] });
  });
});
