/** The volumes of a project's top level, as the engine is to know them. */
import type { VolumeInput } from '../../../spec/schema/volume.ts';
import { child, entriesOf, textOf } from './node.ts';
import type { ComposeNode, MapNode } from './node.ts';
import { engineVolumeName, isExternal } from './service/mounts.ts';

/** Those alone of which there is more to say than a name. */
export function volumesOf(project: MapNode, projectName: string): Record<string, VolumeInput> {
  return Object.fromEntries(
    entriesOf(project.entries.get('volumes')?.value).flatMap(
      ([key, volume]): [string, VolumeInput][] => {
        const input = volumeOf(volume);
        if (Object.keys(input).length === 0) return [];
        return [[engineVolumeName(key, volume, projectName), input]];
      },
    ),
  );
}

function volumeOf(volume: ComposeNode): VolumeInput {
  const driver = textOf(child(volume, 'driver'));
  const options = pairs(child(volume, 'driver_opts'));
  const labels = pairs(child(volume, 'labels'));
  return {
    ...(driver !== undefined && { driver }),
    ...(options && { options }),
    ...(labels && { labels }),
    ...(isExternal(volume) && { external: true }),
  };
}

function pairs(node: ComposeNode | undefined): Record<string, string> | undefined {
  if (node?.kind !== 'map') return undefined;
  return Object.fromEntries(entriesOf(node).map(([key, value]) => [key, textOf(value) ?? '']));
}
