/**
 * Where in the document a place of the text is, also while it is being typed and no parser would
 * take it: by indentation for blocks, by brackets within a line. Pure.
 */
import type { Path } from './json-schema.ts';

/** What could be typed at a place. */
export interface YamlPlace {
  /** Of the mapping whose key is typed, or of the value that is typed. */
  readonly path: Path;
  /** `item`: what stands behind a dash may be a key as well as a value. */
  readonly kind: 'key' | 'value' | 'item';
  /** What has been typed of it. */
  readonly typed: string;
  /** Where that begins, in the text. */
  readonly from: number;
  /** Keys that the mapping has already. */
  readonly siblings: readonly string[];
  /** Columns before a key that stands here. */
  readonly indent: number;
  /** Between brackets: what is added must stay in the line. */
  readonly inFlow: boolean;
}

interface Entry {
  readonly column: number;
  /** Undefined: a dash. */
  readonly key: string | undefined;
}

interface Line {
  readonly entries: readonly Entry[];
  /** Column of what stands behind dashes and keys. */
  readonly restColumn: number;
  readonly rest: string;
  readonly indent: number;
}

const KEY =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?):(?=\s|$)\s*/;

/** Undefined within a comment. */
export function placeAt(text: string, offset: number): YamlPlace | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (isComment(before)) return undefined;
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  const line = readLine(before);
  const own = line.entries.at(-1);
  const inValue = own?.key !== undefined;
  const column = inValue ? own.column : line.restColumn;
  const above = pathAbove(lines, line, inValue);
  const base = { from: offset, indent: column };
  const flow = scanFlow(line.rest);
  if (flow) {
    const path = [...above, ...(inValue ? [own.key] : []), ...flow.path];
    const { kind, siblings, typed } = flow;
    return { ...base, path, kind, typed, from: offset - typed.length, siblings, inFlow: true };
  }
  const typed = line.rest;
  const found = { ...base, typed, from: offset - typed.length, inFlow: false };
  if (inValue) return { ...found, path: [...above, own.key], kind: 'value', siblings: [] };
  const siblings = siblingsOf(
    text.slice(text.indexOf('\n', offset) + 1 || text.length),
    lines,
    line,
  );
  return { ...found, path: above, kind: own ? 'item' : 'key', siblings };
}

function isComment(before: string): boolean {
  return /(^|\s)#/.test(before.replace(/"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/g, ''));
}

/** The dashes of a line, and its key. */
function readLine(text: string): Line {
  const entries: Entry[] = [];
  let column = /^ */.exec(text)?.[0].length ?? 0;
  const indent = column;
  for (;;) {
    const dash = /^-(?:\s+|$)/.exec(text.slice(column));
    if (!dash) break;
    entries.push({ column, key: undefined });
    column += dash[0].length;
  }
  const key = KEY.exec(text.slice(column));
  if (key) {
    entries.push({ column, key: unquoted(key[1] ?? '') });
    column += key[0].length;
  }
  return { entries, restColumn: column, rest: text.slice(column), indent };
}

function unquoted(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key.trimEnd();
}

function isBlank(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

/** The path of the mapping or list in which the line's last entry, or what follows it, stands. */
function pathAbove(lines: readonly string[], line: Line, inValue: boolean): Path {
  const path: (string | number)[] = [];
  const own = inValue ? line.entries.slice(0, -1) : line.entries;
  let limit = inValue ? (line.entries.at(-1)?.column ?? 0) : line.restColumn;
  let behindDash = false;
  const take = (entries: readonly Entry[]): void => {
    for (const { column, key } of entries.toReversed()) {
      // A list may stand in the column of its key.
      const isAbove = key !== undefined && behindDash ? column <= limit : column < limit;
      if (!isAbove) continue;
      path.unshift(key ?? 0);
      limit = column;
      behindDash = key === undefined;
    }
  };
  take(own);
  for (let i = lines.length - 1; i >= 0 && (limit > 0 || behindDash); i--) {
    const text = lines[i] as string;
    if (!isBlank(text)) take(readLine(text).entries);
  }
  return path;
}

/** Other keys of the mapping that the line belongs to. */
function siblingsOf(after: string, before: readonly string[], line: Line): string[] {
  const column = line.restColumn;
  const opened = line.entries.length > 0;
  const above = opened ? [] : keysFrom(before.toReversed(), column, true);
  return [...above, ...keysFrom(after.split('\n'), column, false)];
}

function keysFrom(lines: readonly string[], column: number, upwards: boolean): string[] {
  const keys: string[] = [];
  for (const text of lines) {
    if (isBlank(text)) continue;
    const { entries, indent } = readLine(text);
    const isItem = entries[0]?.key === undefined && entries.length > 0;
    const entry = entries.find((one) => one.column === column && one.key !== undefined);
    if (entry?.key !== undefined && (upwards || !isItem)) keys.push(entry.key);
    if (indent < column) return keys;
  }
  return keys;
}

interface Flow {
  readonly path: Path;
  readonly kind: 'key' | 'value';
  readonly typed: string;
  readonly siblings: readonly string[];
}

interface Bracket {
  readonly isMap: boolean;
  key: string | undefined;
  index: number;
  readonly keys: string[];
}

/** What stands between brackets that are open at the end of the text; undefined where none is. */
function scanFlow(text: string): Flow | undefined {
  const open: Bracket[] = [];
  let token = '';
  for (const sign of signsOf(text)) {
    const top = open.at(-1);
    if (sign === '{' || sign === '[') {
      open.push({ isMap: sign === '{', key: undefined, index: 0, keys: [] });
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ',' && top) endItem(top, token);
    else if (sign === ':' && top?.isMap) top.key = unquoted(token.trim());
    else {
      token += sign;
      continue;
    }
    token = '';
  }
  const top = open.at(-1);
  if (!top) return undefined;
  const typed = token.trimStart();
  const inner = open.flatMap(({ isMap, key, index }): Path =>
    isMap ? (key === undefined ? [] : [key]) : [index],
  );
  const isKey = top.isMap && top.key === undefined;
  return { path: inner, kind: isKey ? 'key' : 'value', typed, siblings: top.keys };
}

function endItem(top: Bracket, token: string): void {
  const key = top.key ?? unquoted(token.trim());
  if (top.isMap && key !== '') top.keys.push(key);
  top.key = undefined;
  top.index++;
}

/** Quoted texts are one sign; a colon within a word is none. */
function signsOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|:(?=\s|$)|[[\]{},]|[^"'[\]{},:]+|:/g) ?? [];
}
