/** What a service mounts: folders of the host, volumes, and file systems in memory. */
import type { ContainerMountInput } from '../../../../spec/schema/container-mount.ts';
import { suggestion } from '../../../../spec/document/nearest.ts';
import { child, entriesOf, itemsOf, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';
import { defined, readBoolean, readMode, readSize } from './read.ts';

export function mountsOf(service: MapNode, context: ServiceContext): ContainerMountInput[] {
  return [
    ...mountsFromOthers(service, context),
    ...itemsOf(child(service, 'volumes')).flatMap((item) => mountOf(item, context) ?? []),
    ...itemsOf(child(service, 'tmpfs')).flatMap((item) => mountOf(item, context) ?? []),
  ];
}

function mountOf(item: ComposeNode, context: ServiceContext): ContainerMountInput | undefined {
  const { findings } = context;
  const type = textOf(child(item, 'type')) ?? 'volume';
  const target = textOf(child(item, 'target'));
  if (target === undefined) {
    findings.wrong('a mount needs a target', item.place);
    return undefined;
  }
  if (type !== 'bind' && type !== 'volume' && type !== 'tmpfs') {
    findings.leftOut(`the mount of ${target}`, `mounts of type "${type}" are not made`, item.place);
    return undefined;
  }
  const source = textOf(child(item, 'source'));
  const isVolume = type === 'volume' && source !== undefined;
  return {
    type,
    target,
    ...defined({
      source: isVolume ? volumeName(source, item, context) : source,
      readOnly: readBoolean(child(item, 'read_only'), findings),
      ...(type === 'tmpfs' && tmpfsOptions(item, context)),
      ...(type === 'volume' && volumeOptions(item, context)),
      ...(type === 'bind' && bindOptions(item, context)),
    }),
  };
}

type Options = Partial<ContainerMountInput>;

function tmpfsOptions(item: ComposeNode, { findings }: ServiceContext): Options {
  const options = child(item, 'tmpfs');
  return {
    size: readSize(child(options, 'size'), findings),
    mode: readMode(child(options, 'mode'), findings),
  };
}

function volumeOptions(item: ComposeNode, { findings }: ServiceContext): Options {
  const options = child(item, 'volume');
  return {
    subpath: textOf(child(options, 'subpath')),
    noCopy: readBoolean(child(options, 'nocopy'), findings),
  };
}

function bindOptions(item: ComposeNode, { findings }: ServiceContext): Options {
  const options = child(item, 'bind');
  const propagation = textOf(child(options, 'propagation')) as Options['propagation'];
  const selinux = textOf(child(options, 'selinux')) as Options['selinux'];
  const createHostPath = readBoolean(child(options, 'create_host_path'), findings);
  return { propagation, selinux, createHostPath };
}

/** As the engine knows it; a volume belongs to its project unless the file says otherwise. */
export function engineVolumeName(key: string, volume: ComposeNode, projectName: string): string {
  const name = textOf(child(volume, 'name'));
  return name ?? (isExternal(volume) ? key : `${projectName}_${key}`);
}

/** Older files give the name below `external`. */
export function isExternal(resource: ComposeNode): boolean {
  const external = child(resource, 'external');
  return external?.kind === 'map' || textOf(external) === 'true';
}

function volumeName(source: string, item: ComposeNode, context: ServiceContext): string {
  const { findings, project, projectName } = context;
  const volumes = project.entries.get('volumes')?.value;
  const known = entriesOf(volumes);
  const found = known.find(([key]) => key === source);
  if (found) return engineVolumeName(source, found[1], projectName);
  const advice = suggestion(
    source,
    known.map(([key]) => key),
  );
  findings.wrong(`there is no volume "${source}" at the top level`, item.place, advice);
  return source;
}

/** `volumes_from`: what another service mounts, with `:ro` only to be read. */
function mountsFromOthers(service: MapNode, context: ServiceContext): ContainerMountInput[] {
  const { findings, project, name } = context;
  return itemsOf(child(service, 'volumes_from')).flatMap((item): ContainerMountInput[] => {
    const [source = '', access] = (textOf(item) ?? '').split(':');
    const other = child(child(project, 'services'), source);
    if (source === 'container' || other?.kind !== 'map' || source === name) {
      const why = 'only mounts of other services of the project are known';
      findings.leftOut(`volumes_from ${textOf(item) ?? ''}`, why, item.place);
      return [];
    }
    const mounts = itemsOf(child(other, 'volumes')).flatMap((one) => mountOf(one, context) ?? []);
    return access === 'ro' ? mounts.map((mount) => ({ ...mount, readOnly: true })) : mounts;
  });
}
