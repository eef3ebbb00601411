/**
 * A service of a compose file in one form: short forms as long ones, lists of pairs as mappings, paths
 * of the host absolute. Files are merged after that, so that one may use a form and the other another.
 */
import type { Findings } from '../findings.ts';
import { child, isEmpty, map, scalar, textOf, withEntries } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import { changeEntries, mapItems, namesToMapping, toList, toMapping } from './key-values.ts';
import { absoluteIn } from './paths.ts';
import type { FolderContext } from './paths.ts';
import { canonicalPort } from './ports.ts';
import { canonicalTmpfs, canonicalVolume } from './volumes.ts';

type Change = (value: ComposeNode) => ComposeNode | undefined;

export function canonicalService(
  service: MapNode,
  context: FolderContext,
  findings: Findings,
): MapNode {
  const pairs: Change = (value) => toMapping(value, findings);
  // Both `name:address` and `name=address` are known.
  const hosts: Change = (value) => toMapping(value, findings, /[:=]/);
  const path: Change = (value) => absolutePath(value, context);
  return changeEntries(service, {
    annotations: pairs,
    environment: pairs,
    labels: pairs,
    sysctls: pairs,
    extra_hosts: hosts,
    build: (value) => canonicalBuild(value, context, findings),
    configs: (value) => mapItems(value, (item) => [canonicalGrant(item)]),
    secrets: (value) => mapItems(value, (item) => [canonicalGrant(item)]),
    depends_on: (value) => namesToMapping(value, findings, startedCondition),
    networks: (value) => namesToMapping(value, findings, ({ place }) => scalar(null, place)),
    deploy: (value) => (value.kind === 'map' ? changeEntries(value, { labels: pairs }) : value),
    dns: toList,
    env_file: (value) => mapItems(value, (item) => [canonicalEnvFile(item, context)]),
    label_file: (value) => mapItems(value, (item) => [path(item) ?? item]),
    extends: (value) => canonicalExtends(value, context),
    ports: (value) => mapItems(value, (item) => canonicalPort(item, findings)),
    tmpfs: (value) => mapItems(value, (item) => canonicalTmpfs(item, findings)),
    volumes: (value) => mapItems(value, (item) => canonicalVolume(item, context, findings)),
  });
}

function absolutePath(value: ComposeNode, context: FolderContext): ComposeNode {
  const text = textOf(value);
  if (text === undefined) return value;
  return { ...scalar(absoluteIn(context, text), value.place), tag: value.tag };
}

function canonicalBuild(
  value: ComposeNode,
  context: FolderContext,
  findings: Findings,
): ComposeNode {
  const long =
    value.kind === 'map' || isEmpty(value)
      ? value
      : { ...map([['context', value]], value.place), tag: value.tag };
  if (long.kind !== 'map') return long;
  const pairs: Change = (one) => toMapping(one, findings);
  return changeEntries(long, {
    context: (one) => (isRemote(textOf(one) ?? '') ? one : absolutePath(one, context)),
    additional_contexts: pairs,
    args: pairs,
    labels: pairs,
    extra_hosts: (one) => toMapping(one, findings, /[:=]/),
    ssh: (one) => mapItems(one, (item) => [item]),
  });
}

/** A context that the engine fetches itself: a repository or an archive. */
function isRemote(text: string): boolean {
  return /^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(text);
}

/** The short form names what is defined at the file's top level. */
function canonicalGrant(item: ComposeNode): ComposeNode {
  return item.kind === 'map' ? item : map([['source', item]], item.place);
}

function startedCondition({ place }: ComposeNode): ComposeNode {
  return map([['condition', scalar('service_started', place)]], place);
}

function canonicalEnvFile(item: ComposeNode, context: FolderContext): ComposeNode {
  const long = item.kind === 'map' ? item : map([['path', item]], item.place);
  const path = child(long, 'path');
  return path ? withEntries(long, { path: absolutePath(path, context) }) : long;
}

function canonicalExtends(value: ComposeNode, context: FolderContext): ComposeNode {
  const long =
    value.kind === 'map' || isEmpty(value) ? value : map([['service', value]], value.place);
  const file = child(long, 'file');
  return long.kind === 'map' && file
    ? withEntries(long, { file: absolutePath(file, context) })
    : long;
}

/** Secrets and configs of the file's top level: where their files are. */
export function canonicalFileSource(value: ComposeNode, context: FolderContext): ComposeNode {
  const file = child(value, 'file');
  return value.kind === 'map' && file
    ? withEntries(value, { file: absolutePath(file, context) })
    : value;
}

/** Labels and options as mappings, of volumes and networks. */
export function canonicalResource(value: ComposeNode, findings: Findings): ComposeNode {
  if (value.kind !== 'map') return value;
  const pairs: Change = (one) => toMapping(one, findings);
  return changeEntries(value, { labels: pairs, driver_opts: pairs });
}
