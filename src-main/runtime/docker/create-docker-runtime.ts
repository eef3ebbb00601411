/** Containers as instances of one mesh: the engine's connection, pods, and what runs in them. */
import type { Clock } from '../../base/clock.ts';
import { builtFile } from '../built-files.ts';
import type { RuntimeEvents } from '../runtime.ts';
import { EngineConnection } from './connection.ts';
import { DockerRuntime } from './docker-runtime.ts';
import { labelsFor, meshHash } from './labels.ts';
import { ContainerPods } from './pods/container-pods.ts';
import { DEFAULT_BASE, SidecarImage } from './pods/sidecar-image.ts';

export interface CreateDockerOptions {
  readonly clock: Clock;
  readonly events: RuntimeEvents;
  /** The mesh's file. */
  readonly meshFile: string;
}

/** Nothing is asked of an engine before there is an instance for it. */
export function createDockerRuntime(options: CreateDockerOptions): DockerRuntime {
  const { clock, events, meshFile } = options;
  const connection = new EngineConnection({
    clock,
    onLost: (reason) => events.onEvent('error', reason),
    onBack: ({ name }) => events.onEvent('info', `the container engine is back: ${name}`),
  });
  const image = new SidecarImage({
    entry: () => builtFile('pod.js'),
    base: process.env['FAULTLINE_SIDECAR_BASE'] ?? DEFAULT_BASE,
    onProgress: (line) => events.onEvent('info', line),
  });
  const pods = new ContainerPods({
    clock,
    docker: async () => (await connection.engine()).docker,
    image,
    suffix: meshHash(`${meshFile} ${process.pid}`),
    labels: (role, instance) =>
      labelsFor({ meshFile, role, ...(instance !== undefined && { instance }) }),
    onHopsLost: (id, count) =>
      events.onEvent('warning', `${count} requests at ${id} were too many to be told of`, id),
  });
  return new DockerRuntime({ clock, events, meshFile, connection, pods });
}
