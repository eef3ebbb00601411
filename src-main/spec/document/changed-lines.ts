/** What differs between two texts, as one stretch of lines. */

export interface ChangedLines {
  /** Where it begins in the text before, from 1. */
  readonly line: number;
  readonly removed: string[];
  readonly added: string[];
}

/** Ends of lines do not count. */
export function changedLines(before: string, after: string): ChangedLines {
  const [old, now] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start++;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  return {
    line: start + 1,
    removed: old.slice(start, old.length - end),
    added: now.slice(start, now.length - end),
  };
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}
