/** What an included project brings into the one that includes it. */
import { isDeepStrictEqual } from 'node:util';
import type { Findings } from './findings.ts';
import { plainOf, withEntries } from './node.ts';
import type { ComposeNode, MapNode } from './node.ts';

/** Two different things of one name are a conflict: nothing is merged. */
export function importResources(
  project: MapNode,
  included: MapNode,
  sections: readonly string[],
  findings: Findings,
): MapNode {
  return sections.reduce((result, section) => {
    const theirs = included.entries.get(section)?.value;
    if (theirs?.kind !== 'map') return result;
    const own = result.entries.get(section)?.value;
    if (own?.kind !== 'map') return withEntries(result, { [section]: theirs });
    const entries = new Map(own.entries);
    for (const [name, entry] of theirs.entries) {
      const known = entries.get(name);
      if (!known) entries.set(name, entry);
      else if (!isSame(known.value, entry.value)) {
        const { file, line } = entry.place;
        const message = `${section}.${name} is included as well, from ${file}:${line}`;
        findings.error('duplicate-name', message, known.place, 'give one of them another name');
      }
    }
    return withEntries(result, { [section]: { ...own, entries } });
  }, project);
}

/** But for the places. */
function isSame(one: ComposeNode, other: ComposeNode): boolean {
  return isDeepStrictEqual(plainOf(one), plainOf(other));
}
