/** One compose file laid over another, by the Compose specification's rules ("Merge and override"). */
import { child, isEmpty, textOf } from './node.ts';
import type { ComposeNode, ListNode, MapEntry, MapNode } from './node.ts';

/** What the other file says replaces it: `*` is any name. */
const REPLACED = [
  'services.*.command',
  'services.*.entrypoint',
  'services.*.healthcheck.test',
] as const;

type Keying = (item: ComposeNode) => string | undefined;

const text: Keying = (item) => textOf(item);
const beforeEquals: Keying = (item) => textOf(item)?.split('=')[0];
const target: Keying = (item) => textOf(child(item, 'target'));

/** What a grant is called in the container, where it does not say so. */
const grant: Keying = (item) => target(item) ?? textOf(child(item, 'source'));

const port: Keying = (item) =>
  ['host_ip', 'published', 'target', 'protocol']
    .map((key) => textOf(child(item, key)) ?? (key === 'protocol' ? 'tcp' : ''))
    .join(' ');

/** Of a device, what it is called in the container. */
const device: Keying = (item) => {
  const [source, inside] = textOf(item)?.split(':') ?? [];
  return target(item) ?? inside ?? source;
};

/** Items of lists that there is one of: one that comes later takes the place of the one before. */
const UNIQUE: Readonly<Record<string, Keying>> = {
  'services.*.cap_add': text,
  'services.*.cap_drop': text,
  'services.*.configs': grant,
  'services.*.devices': device,
  'services.*.dns': text,
  'services.*.dns_opt': text,
  'services.*.dns_search': text,
  'services.*.env_file': (item) => textOf(child(item, 'path')),
  'services.*.expose': text,
  'services.*.group_add': text,
  'services.*.label_file': text,
  'services.*.links': text,
  'services.*.networks.*.aliases': text,
  'services.*.ports': port,
  'services.*.profiles': text,
  'services.*.secrets': grant,
  'services.*.security_opt': beforeEquals,
  'services.*.tmpfs': target,
  'services.*.volumes': target,
  'services.*.build.tags': text,
  'services.*.build.cache_from': text,
};

/** `over` wins. */
export function mergeProjects(base: MapNode, over: MapNode): MapNode {
  return mergeMaps(base, over, []);
}

/** Of services alone; `over` wins. */
export function mergeServices(base: MapNode, over: MapNode): MapNode {
  return mergeMaps(base, over, ['services', '*']);
}

/** Without what `!reset` takes away, and of lists the last one of each. */
export function settled(project: MapNode): MapNode {
  return mergeMaps({ ...project, entries: new Map() }, project, []);
}

function merge(
  base: ComposeNode | undefined,
  over: ComposeNode,
  path: readonly string[],
): ComposeNode {
  const isReplaced = over.tag === 'override' || REPLACED.some((one) => matches(one, path));
  // A key without a value says nothing: what stands below stays.
  if (base && isEmpty(over) && !isEmpty(base) && base.kind !== 'scalar') return base;
  if (over.kind === 'map') {
    const below =
      base?.kind === 'map' && !isReplaced
        ? base
        : { ...over, entries: new Map<string, MapEntry>() };
    return mergeMaps(below, over, path);
  }
  if (over.kind === 'list') {
    const below = base?.kind === 'list' && !isReplaced ? base.items : [];
    return { ...over, items: unique([...below, ...over.items], path), tag: undefined };
  }
  return over;
}

function mergeMaps(base: MapNode, over: MapNode, path: readonly string[]): MapNode {
  const entries = new Map(base.entries);
  for (const [key, { place, value }] of over.entries) {
    const below = entries.get(key);
    if (value.tag === 'reset') entries.delete(key);
    else entries.set(key, { place, value: merge(below?.value, value, [...path, key]) });
  }
  return { ...over, entries, tag: undefined };
}

function unique(items: ListNode['items'], path: readonly string[]): ComposeNode[] {
  const kept = items.filter(({ tag }) => tag !== 'reset');
  const keying = Object.entries(UNIQUE).find(([pattern]) => matches(pattern, path))?.[1];
  if (!keying) return kept;
  const found = new Map<unknown, ComposeNode>();
  // What has no key of its own stands for itself.
  for (const item of kept) found.set(keying(item) ?? item, item);
  return [...found.values()];
}

function matches(pattern: string, path: readonly string[]): boolean {
  const parts = pattern.split('.');
  return parts.length === path.length && parts.every((part, i) => part === '*' || part === path[i]);
}
