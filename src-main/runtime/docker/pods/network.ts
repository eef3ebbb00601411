/** The network that the pods of a mesh share. */
import { networkInterfaces } from 'node:os';
import type Docker from 'dockerode';

export interface MeshNetwork {
  readonly name: string;
  /** The engine's machine in it; absent: the engine does not say. */
  readonly gateway?: string;
}

/** @throws the engine's error */
export async function createNetwork(
  docker: Docker,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<MeshNetwork> {
  const network = await docker.createNetwork({
    Name: name,
    Driver: 'bridge',
    Labels: { ...labels },
  });
  const { IPAM } = await network.inspect();
  const gateway = IPAM?.Config?.find(({ Gateway }) => Gateway?.includes('.'))?.Gateway;
  return { name, ...(gateway !== undefined && { gateway }) };
}

/**
 * Whether an address is this machine's: what is bound there, pods reach. That of an engine in a virtual
 * machine is not. To be asked when a container runs: before, the network's interface is not up.
 */
export function isOwnAddress(address: string): boolean {
  return Object.values(networkInterfaces()).some((all) =>
    all?.some((one) => one.address === address),
  );
}

/** One that is gone already is gone. @throws the engine's error */
export async function removeNetwork(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getNetwork(name).remove();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
}
