/** Mounts of a service in their long form. */
import { absoluteIn, isHostPath } from './paths.ts';
import type { Findings } from '../findings.ts';
import { child, map, scalar, textOf, withEntries } from '../node.ts';
import type { ComposeNode } from '../node.ts';
import type { FolderContext } from './paths.ts';

/** `[source:]target[:options]`; undefined where it means nothing, and why is said. */
export function canonicalVolume(
  item: ComposeNode,
  context: FolderContext,
  findings: Findings,
): ComposeNode[] {
  if (item.kind === 'map') return [withAbsoluteSource(item, context)];
  const parts = splitShort(textOf(item) ?? '');
  const [first = '', second, options, ...more] = parts;
  if (first === '' || second === '' || more.length > 0) {
    const advice = 'such as "./data:/data:ro" or "data:/data"';
    findings.wrong(`"${textOf(item) ?? ''}" is no volume`, item.place, advice);
    return [];
  }
  const target = second ?? first;
  const source = second === undefined ? undefined : first;
  const isBind = source !== undefined && isHostPath(source);
  const text = (value: string): ComposeNode => scalar(value, item.place);
  return [
    map(
      [
        ['type', text(isBind ? 'bind' : 'volume')],
        ['target', text(target)],
        ...(source === undefined
          ? []
          : [['source', text(isBind ? absoluteIn(context, source) : source)] as const]),
        ...(options === undefined ? [] : optionsOf(options, isBind, item, findings)),
        ...(isBind && options === undefined ? [['bind', createHostPath(item)] as const] : []),
      ],
      item.place,
    ),
  ];
}

type Entry = readonly [string, ComposeNode];

/** The letter of a Windows drive is no part of its own: a path, or another part that is one, follows. */
function splitShort(text: string): string[] {
  const drive = /^[A-Za-z]:(?=\\|\/[^:]*:\/)/.exec(text)?.[0] ?? '';
  const [first = '', ...others] = text.slice(drive.length).split(':');
  return [`${drive}${first}`, ...others];
}

/** The short form makes missing folders of the host; the long one does not. */
function createHostPath(item: ComposeNode, more: readonly Entry[] = []): ComposeNode {
  return map([['create_host_path', scalar(true, item.place)], ...more], item.place);
}

const PROPAGATIONS = /^r?(private|shared|slave)$/;

function optionsOf(text: string, isBind: boolean, item: ComposeNode, findings: Findings): Entry[] {
  const entries: Entry[] = [];
  const bind: Entry[] = [];
  for (const option of text.split(',')) {
    const value = (given: string | boolean): ComposeNode => scalar(given, item.place);
    if (option === 'ro' || option === 'readonly') entries.push(['read_only', value(true)]);
    else if (option === 'z' || option === 'Z') bind.push(['selinux', value(option)]);
    else if (PROPAGATIONS.test(option)) bind.push(['propagation', value(option)]);
    else if (option === 'nocopy' && !isBind) {
      entries.push(['volume', map([['nocopy', value(true)]], item.place)]);
    } else if (!['rw', 'cached', 'delegated', 'consistent'].includes(option)) {
      findings.leftOut(`the option "${option}" of a volume`, 'it is not known', item.place);
    }
  }
  if (isBind) entries.push(['bind', createHostPath(item, bind)]);
  return entries;
}

function withAbsoluteSource(item: ComposeNode, context: FolderContext): ComposeNode {
  const source = textOf(child(item, 'source'));
  if (item.kind !== 'map' || source === undefined) return item;
  if (textOf(child(item, 'type')) !== 'bind') return item;
  const place = child(item, 'source')?.place ?? item.place;
  return withEntries(item, { source: scalar(absoluteIn(context, source), place) });
}

/** `tmpfs: /run` or `/run:size=64m,mode=1777` as the mount that it means. */
export function canonicalTmpfs(item: ComposeNode, findings: Findings): ComposeNode[] {
  const text = textOf(item);
  const [, target = '', options] = /^([^:]+)(?::(.*))?$/.exec(text ?? '') ?? [];
  if (target === '') {
    findings.wrong('a path in the container is expected', item.place);
    return [];
  }
  const known = (options ?? '').split(',').flatMap((option): Entry[] => {
    const [key = '', value = ''] = option.split('=');
    if (key === 'size' || key === 'mode') return [[key, scalar(value, item.place)]];
    return [];
  });
  return [
    map(
      [
        ['type', scalar('tmpfs', item.place)],
        ['target', scalar(target, item.place)],
        ...((options ?? '').split(',').includes('ro')
          ? [['read_only', scalar(true, item.place)] as const]
          : []),
        ...(known.length > 0 ? [['tmpfs', map(known, item.place)] as const] : []),
      ],
      item.place,
    ),
  ];
}
