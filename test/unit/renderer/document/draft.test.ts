import { Text } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, isDirty, takeIn } from '../../../../src-renderer/document/draft.ts';

const BASE = 'a: 1\nb: 2\nc: 3\nd: 4\n';

describe('takeIn', () => {
  it('follows the document where nothing has been written', () => {
    const taken = takeIn({ base: BASE, version: 1, mine: BASE }, 'a: 1\nb: 3\nc: 3\nd: 4\n', 2);
    expect(taken).toMatchObject({ kind: 'merged', draft: { version: 2 } });
    if (taken.kind !== 'merged') return;
    expect(isDirty(taken.draft)).toBe(false);
    // Only the one sign is touched, so that a cursor elsewhere stays.
    const touched: unknown[][] = [];
    taken.changes.iterChanges((...places) => void touched.push(places.slice(0, 4)));
    expect(touched).toEqual([[8, 9, 8, 9]]);
  });

  it('brings other lines into a text that is being written', () => {
    const mine = 'a: 1\nb: 2\nc: 3\nd: 5\n';
    const taken = takeIn({ base: BASE, version: 1, mine }, 'z: 0\na: 1\nb: 2\nc: 3\nd: 4\n', 2);
    expect(taken).toMatchObject({
      kind: 'merged',
      draft: { version: 2, mine: 'z: 0\na: 1\nb: 2\nc: 3\nd: 5\n' },
    });
  });

  it('leaves the choice to a person where both have changed a line', () => {
    const mine = 'a: 1\nb: 20\nc: 3\nd: 4\n';
    expect(takeIn({ base: BASE, version: 1, mine }, 'a: 1\nb: 30\nc: 3\nd: 4\n', 2)).toEqual({
      kind: 'conflict',
    });
  });

  it('is at rest where both have come to the same', () => {
    const mine = 'a: 9\nb: 2\n';
    const taken = takeIn({ base: BASE, version: 1, mine }, mine, 2);
    expect(taken).toMatchObject({ kind: 'merged', draft: { base: mine, mine, version: 2 } });
  });
});

describe('changesBetween', () => {
  it('makes the one text of the other, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', ' ', 'ü', '😀') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const made = changesBetween(before, after).apply(Text.of(before.split('\n')));
        expect(made.toString()).toBe(after);
      }),
    );
  });
});
