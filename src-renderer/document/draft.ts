/**
 * A text that is being written while others change the document: what they change is taken in at
 * once, where it does not touch the same lines. Pure.
 */
import { ChangeSet, Text } from '@codemirror/state';
import { diff } from '@codemirror/merge';

/** What is being written, on top of which version of the document. */
export interface Draft {
  /** The document's text when the two were last the same, and its version. */
  readonly base: string;
  readonly version: number;
  /** The text as it is written now. */
  readonly mine: string;
}

export type Taken =
  /** What was changed elsewhere fits: the changes that bring it into the text that is written. */
  | { readonly kind: 'merged'; readonly changes: ChangeSet; readonly draft: Draft }
  /** Both have changed the same lines: a person has to choose. */
  | { readonly kind: 'conflict' };

/** Takes in the document's new text `theirs`, which has the number `version`. */
export function takeIn(draft: Draft, theirs: string, version: number): Taken {
  const { base, mine } = draft;
  const own = changesBetween(base, mine);
  const others = changesBetween(base, theirs);
  if (mine !== theirs && touchSameLines(base, own, others)) return { kind: 'conflict' };
  const changes = mine === theirs ? ChangeSet.empty(mine.length) : others.map(own);
  const merged = changes.apply(textOf(mine)).toString();
  return { kind: 'merged', changes, draft: { base: theirs, version, mine: merged } };
}

export function isDirty({ base, mine }: Draft): boolean {
  return base !== mine;
}

/** The least that makes `after` of `before`. */
export function changesBetween(before: string, after: string): ChangeSet {
  const specs = diff(before, after).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: textOf(after.slice(fromB, toB)),
  }));
  return ChangeSet.of(specs, before.length);
}

/** Lines end with `\n` here, as CodeMirror counts; a `\r` before it stays part of its line. */
function textOf(text: string): Text {
  return Text.of(text.split('\n'));
}

function touchSameLines(base: string, one: ChangeSet, other: ChangeSet): boolean {
  const lines = touchedLines(base, one);
  return [...touchedLines(base, other)].some((line) => lines.has(line));
}

function touchedLines(base: string, changes: ChangeSet): Set<number> {
  const text = textOf(base);
  const lines = new Set<number>();
  changes.iterChanges((from, to) => {
    const last = text.lineAt(to).number;
    for (let line = text.lineAt(from).number; line <= last; line++) lines.add(line);
  });
  return lines;
}
