/** The values of a compose file, each with the place where it stands: problems point there. */

/** Lines and columns count from 1. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `!reset` takes away what other files say, `!override` replaces it instead of merging. */
export type MergeTag = 'override' | 'reset';

interface Located {
  readonly place: Place;
  readonly tag?: MergeTag | undefined;
}

export interface ScalarNode extends Located {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it is written, without quotes: `0440` is not 440. */
  readonly source: string;
}

export interface ListNode extends Located {
  readonly kind: 'list';
  readonly items: readonly ComposeNode[];
}

export interface MapNode extends Located {
  readonly kind: 'map';
  /** In the order of the text. */
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface MapEntry {
  /** Where the key stands. */
  readonly place: Place;
  readonly value: ComposeNode;
}

export type ComposeNode = ListNode | MapNode | ScalarNode;

/** The value of a key; undefined where there is none, or it is empty. */
export function child(node: ComposeNode | undefined, key: string): ComposeNode | undefined {
  const value = node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
  return value && isEmpty(value) ? undefined : value;
}

/** Of a mapping, those that are not empty; of anything else, none. */
export function entriesOf(node: ComposeNode | undefined): [string, ComposeNode][] {
  if (node?.kind !== 'map') return [];
  return [...node.entries].map(([key, { value }]) => [key, value]);
}

/** Of a list; a single value is a list of one, and nothing is an empty one. */
export function itemsOf(node: ComposeNode | undefined): readonly ComposeNode[] {
  if (node === undefined || isEmpty(node)) return [];
  return node.kind === 'list' ? node.items : [node];
}

export function isEmpty(node: ComposeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** As it is written; undefined of a list, a mapping and nothing. */
export function textOf(node: ComposeNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

/** The texts of a list or of a single value; what is no text is left out. */
export function textsOf(node: ComposeNode | undefined): string[] {
  return itemsOf(node).flatMap((item) => textOf(item) ?? []);
}

export function scalar(value: ScalarNode['value'], place: Place): ScalarNode {
  return { kind: 'scalar', value, source: String(value), place };
}

export function list(items: readonly ComposeNode[], place: Place): ListNode {
  return { kind: 'list', items, place };
}

export function map(
  entries: Iterable<readonly [string, ComposeNode]>,
  place: Place,
  keys?: MapNode,
): MapNode {
  const placed = [...entries].map(
    ([key, value]) =>
      [key, { place: keys?.entries.get(key)?.place ?? value.place, value }] as const,
  );
  return { kind: 'map', entries: new Map(placed), place };
}

/** The mapping with other values for some keys; undefined takes a key away. */
export function withEntries(
  node: MapNode,
  changes: Readonly<Record<string, ComposeNode | undefined>>,
): MapNode {
  const entries = new Map(node.entries);
  for (const [key, value] of Object.entries(changes)) {
    if (value) entries.set(key, { place: entries.get(key)?.place ?? value.place, value });
    else entries.delete(key);
  }
  return { ...node, entries };
}

/** Without its places. */
export function plainOf(node: ComposeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainOf(value)]));
}
