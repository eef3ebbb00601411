/** Which services run: those without a profile, and those with one that is asked for. */
import { child, entriesOf, textsOf } from './node.ts';
import type { MapNode } from './node.ts';

export interface Chosen {
  readonly active: ReadonlyMap<string, MapNode>;
  readonly idle: ReadonlySet<string>;
}

/** `*` asks for all of them. */
export function chooseServices(project: MapNode, profiles: readonly string[]): Chosen {
  const active = new Map<string, MapNode>();
  const idle = new Set<string>();
  for (const [name, service] of entriesOf(project.entries.get('services')?.value)) {
    if (service.kind !== 'map') continue;
    const own = textsOf(child(service, 'profiles'));
    const runs =
      own.length === 0 || profiles.includes('*') || own.some((one) => profiles.includes(one));
    if (runs) active.set(name, service);
    else idle.add(name);
  }
  return { active, idle };
}
