/** Lists of `KEY=value` as the mappings that they mean. */
import { isEmpty, itemsOf, map, scalar, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import type { Findings } from '../findings.ts';

/** A key alone has no value. `separators`: the first of them ends the key. */
export function toMapping(
  node: ComposeNode,
  findings: Findings,
  separators = /=/,
): ComposeNode | undefined {
  if (node.kind === 'map' || isEmpty(node)) return node;
  if (node.kind === 'scalar') {
    findings.wrong('a mapping or a list of KEY=value is expected', node.place);
    return undefined;
  }
  const entries = node.items.flatMap((item): [string, ComposeNode][] => {
    const text = textOf(item);
    if (text === undefined) {
      findings.wrong('a text such as KEY=value is expected', item.place);
      return [];
    }
    const found = separators.exec(text);
    if (!found) return [[text, scalar(null, item.place)]];
    const value = scalar(text.slice(found.index + found[0].length), item.place);
    return [[text.slice(0, found.index), value]];
  });
  return { ...map(entries, node.place), tag: node.tag };
}

/** A list of names as a mapping of them, each to what `value` makes of it. */
export function namesToMapping(
  node: ComposeNode,
  findings: Findings,
  value: (item: ComposeNode) => ComposeNode,
): ComposeNode | undefined {
  if (node.kind === 'map' || isEmpty(node)) return node;
  const entries = itemsOf(node).flatMap((item): [string, ComposeNode][] => {
    const name = textOf(item);
    if (name !== undefined) return [[name, value(item)]];
    findings.wrong('a name is expected', item.place);
    return [];
  });
  return { ...map(entries, node.place), tag: node.tag };
}

/** One text where a list of them is meant. */
export function toList(node: ComposeNode): ComposeNode {
  if (node.kind !== 'scalar' || isEmpty(node)) return node;
  return { kind: 'list', items: [node], place: node.place, tag: node.tag };
}

/** Each item in its long form. */
export function mapItems(
  node: ComposeNode,
  change: (item: ComposeNode) => readonly ComposeNode[],
): ComposeNode {
  if (isEmpty(node)) return node;
  return { kind: 'list', items: itemsOf(node).flatMap(change), place: node.place, tag: node.tag };
}

/** The mapping with some of its values changed; what becomes undefined is left out. */
export function changeEntries(
  node: MapNode,
  changes: Readonly<Record<string, (value: ComposeNode) => ComposeNode | undefined>>,
): MapNode {
  const entries = new Map(node.entries);
  for (const [key, change] of Object.entries(changes)) {
    const entry = entries.get(key);
    if (!entry || entry.value.tag === 'reset') continue;
    const value = change(entry.value);
    if (value) entries.set(key, { ...entry, value });
    else entries.delete(key);
  }
  return { ...node, entries };
}
