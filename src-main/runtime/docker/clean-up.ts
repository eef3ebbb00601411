/** What a Faultline that crashed has left in the engine: found and removed by labels, only its own. */
import type Docker from 'dockerode';
import { ENGINE, MESH, ROLE, hasEnded, pidOnThisMachine } from './labels.ts';

export interface ContainerLeftover {
  readonly meshFile: string;
  /** Ids. */
  readonly containers: readonly string[];
  readonly networks: readonly string[];
}

interface Found {
  readonly id: string;
  readonly kind: 'container' | 'network';
  readonly labels: Readonly<Record<string, string>>;
}

/** Everything that the filter lets through: of one mesh, or of those that have ended. */
export type LeftoverFilter = (labels: Readonly<Record<string, string>>) => boolean;

/** What belongs to no Faultline that runs on this machine. */
export const ofEnded: LeftoverFilter = (labels) => hasEnded(labels[ENGINE] ?? '');

/** All of a mesh's file, whether its Faultline runs or not. */
export function ofMesh(meshFile: string): LeftoverFilter {
  return (labels) => labels[MESH] === meshFile;
}

/** @throws Error of the engine */
export async function findContainerLeftovers(
  docker: Docker,
  filter: LeftoverFilter = ofEnded,
): Promise<ContainerLeftover[]> {
  const found = (await allOfFaultline(docker)).filter(({ labels }) => filter(labels));
  const files = [...new Set(found.map(({ labels }) => labels[MESH] ?? ''))];
  return files.map((meshFile) => {
    const own = found.filter(({ labels }) => labels[MESH] === meshFile);
    const ids = (kind: Found['kind']): string[] =>
      own.filter((one) => one.kind === kind).map(({ id }) => id);
    return { meshFile, containers: ids('container'), networks: ids('network') };
  });
}

async function allOfFaultline(docker: Docker): Promise<Found[]> {
  const filters = { label: [MESH] };
  const [containers, networks] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
  ]);
  return [
    ...containers.map(({ Id, Labels }) => ({ id: Id, kind: 'container' as const, labels: Labels })),
    ...networks.map(({ Id, Labels = {} }) => ({
      id: Id,
      kind: 'network' as const,
      labels: Labels,
    })),
  ];
}

/**
 * Containers first, all at once: a network in use cannot be removed. Volumes stay, since they hold data.
 * @throws Error of the engine
 */
export async function removeLeftover(docker: Docker, leftover: ContainerLeftover): Promise<void> {
  await Promise.all(leftover.containers.map((id) => removeContainer(docker, id)));
  await Promise.all(
    leftover.networks.map((id) => unlessGone(docker.getNetwork(id).remove() as Promise<unknown>)),
  );
}

/** With its volumes that have no name. Fine where it is gone already. @throws Error of the engine */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  await unlessGone(docker.getContainer(id).remove({ force: true, v: true }) as Promise<unknown>);
}

/** 404: it is gone; 409: somebody else is removing it just now. */
async function unlessGone(removed: Promise<unknown>): Promise<void> {
  try {
    await removed;
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}

/** Volumes of a mesh that Faultline has made. */
export async function findVolumes(docker: Docker, meshFile: string): Promise<string[]> {
  const { Volumes } = await docker.listVolumes({ filters: { label: [`${MESH}=${meshFile}`] } });
  return Volumes.filter(({ Labels }) => (Labels ?? {})[ROLE] === 'volume').map(({ Name }) => Name);
}

/** With all that is in them. @throws Error of the engine, where one is in use */
export async function removeVolumes(docker: Docker, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => docker.getVolume(name).remove()));
}

/** Processes of Faultline on this machine that run the mesh, by what they have made in the engine. */
export async function findEngines(docker: Docker, meshFile: string): Promise<number[]> {
  const found = (await allOfFaultline(docker)).filter(({ labels }) => labels[MESH] === meshFile);
  const engines = new Set(found.map(({ labels }) => labels[ENGINE] ?? ''));
  return [...engines]
    .filter((engine) => !hasEnded(engine))
    .flatMap((one) => pidOnThisMachine(one) ?? []);
}
