/** The container of a service, in the document's words. */
import type { ContainerInput } from '../../../../spec/schema/container.ts';
import { child, itemsOf, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import { buildOf } from './build.ts';
import type { ServiceContext } from './context.ts';
import { filesOf } from './files.ts';
import { healthcheckOf } from './healthcheck.ts';
import { labelsOf } from './labels.ts';
import { mountsOf } from './mounts.ts';
import { defined, readBoolean, readDuration, readPairs, readTexts, readWords } from './read.ts';
import { resourcesOf, restartOf } from './resources.ts';

export function containerOf(service: MapNode, context: ServiceContext): ContainerInput {
  const { findings, name, projectName } = context;
  const build = buildOf(service, context);
  const text = (key: string): string | undefined => textOf(child(service, key));
  const flag = (key: string): boolean | undefined => readBoolean(child(service, key), findings);
  const mounts = mountsOf(service, context);
  const files = filesOf(service, context);
  return defined({
    // As compose names it, so that what is built already is found.
    image: text('image') ?? (build ? `${projectName}-${name}`.toLowerCase() : undefined),
    build,
    pull: pullOf(service, context),
    platform: text('platform'),
    entrypoint: readWords(child(service, 'entrypoint'), findings),
    command: readWords(child(service, 'command'), findings),
    workingFolder: text('working_dir'),
    // It finds the others by their names, as it did: what nobody has said might mean something to it.
    addresses: false,
    user: text('user'),
    groupAdd: texts(service, 'group_add', context),
    mounts: mounts.length > 0 ? mounts : undefined,
    files: files.length > 0 ? files : undefined,
    capAdd: texts(service, 'cap_add', context),
    capDrop: texts(service, 'cap_drop', context),
    privileged: flag('privileged'),
    readOnly: flag('read_only'),
    init: flag('init'),
    tty: flag('tty'),
    stdinOpen: flag('stdin_open'),
    sysctls: mapping(service, 'sysctls', context),
    securityOpt: texts(service, 'security_opt', context),
    devices: devicesOf(service, context),
    labels: labelsOf(service, context),
    stopSignal: text('stop_signal'),
    stopGrace: readDuration(child(service, 'stop_grace_period'), findings),
    extraHosts: mapping(service, 'extra_hosts', context),
    dns: texts(service, 'dns', context),
    hostname: text('hostname'),
    ...resourcesOf(service, context),
    restart: restartOf(service, context),
    healthcheck: healthcheckOf(service, context),
  });
}

function texts(service: MapNode, key: string, { findings }: ServiceContext): string[] | undefined {
  const node = child(service, key);
  return node && readTexts(node, findings);
}

function mapping(
  service: MapNode,
  key: string,
  { findings }: ServiceContext,
): Record<string, string> | undefined {
  const node = child(service, key);
  return node && readPairs(node, findings);
}

function pullOf(service: MapNode, { findings, name }: ServiceContext): ContainerInput['pull'] {
  const node = child(service, 'pull_policy');
  const policy = textOf(node);
  if (node === undefined || policy === undefined) return undefined;
  if (policy === 'if_not_present') return 'missing';
  if (policy === 'missing' || policy === 'always' || policy === 'never' || policy === 'build') {
    return policy;
  }
  const why = 'when an image was pulled last is not known: it is pulled where it is missing';
  findings.leftOut(`pull_policy: ${policy} of ${name}`, why, node.place);
  return 'missing';
}

/** As the engine's command line has them. */
function devicesOf(service: MapNode, context: ServiceContext): string[] | undefined {
  const items = itemsOf(child(service, 'devices')).flatMap((item) => deviceOf(item, context) ?? []);
  return items.length > 0 ? items : undefined;
}

function deviceOf(item: ComposeNode, { findings }: ServiceContext): string | undefined {
  const device =
    item.kind === 'map'
      ? ['source', 'target', 'permissions'].flatMap((key) => textOf(child(item, key)) ?? [])
      : [textOf(item) ?? ''];
  const text = device.join(':');
  if (text.startsWith('/')) return text;
  findings.leftOut(`the device ${text}`, 'only devices of the host are given', item.place);
  return undefined;
}
