/** Volumes of which the document says more than their names; the engine makes all others by itself. */
import type Docker from 'dockerode';
import type { ContainerVolume } from '../../spec/mesh.ts';

/** @throws Error that names the volume, with what is wrong with it */
export async function ensureVolumes(
  docker: Docker,
  volumes: readonly ContainerVolume[],
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  for (const volume of volumes) {
    if (volume.external) await expectVolume(docker, volume.name);
    else await createVolume(docker, volume, labels);
  }
}

/** The engine would make an empty one, which nobody wants who has filled another. */
async function expectVolume(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getVolume(name).inspect();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
    const advice = `make it with "docker volume create ${name}", or leave "external" out`;
    throw new Error(`volume ${name} is external, and is not there: ${advice}`, { cause: error });
  }
}

/** One that is there already is left as it is, where its driver is the same. */
async function createVolume(
  docker: Docker,
  { name, driver, options, labels: own }: ContainerVolume,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  try {
    await docker.createVolume({
      Name: name,
      Labels: { ...own, ...labels },
      DriverOpts: options,
      ...(driver !== undefined && { Driver: driver }),
    });
  } catch (error) {
    throw new Error(`volume ${name} cannot be made: ${(error as Error).message}`, { cause: error });
  }
}
