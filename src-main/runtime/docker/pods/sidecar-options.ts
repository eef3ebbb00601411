/** What the engine is asked to create for a pod's sidecar, in the words of its API. Pure. */
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import type { Bytes } from '../../../base/units.ts';
import { podInboundPort } from '../../../pod/messages.ts';
import type { ContainerWorkload } from '../../../spec/mesh.ts';

export interface SidecarSurroundings {
  readonly name: string;
  readonly image: string;
  readonly network: string;
  /** How many ports the workload has. */
  readonly portCount: number;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Where the kernel ends it. One is to need 40 MiB at most; between the two is room for a burst of
 * requests, which must not cost the sidecar.
 */
export const SIDECAR_MEMORY: Bytes = 96 * 1024 * 1024;

/** As the engine names the port of the sidecar's nth inbound listener. */
export function inboundPort(index: number): string {
  return `${podInboundPort(index)}/tcp`;
}

/**
 * Standard input ends with the engine's connection, so that a sidecar ends with its engine. Of all that
 * a container may do it may do one thing: lay the rules of its own network.
 */
export function sidecarOptions(
  workload: ContainerWorkload,
  { name, image, network, portCount, labels }: SidecarSurroundings,
): ContainerCreateOptions {
  const { hostname } = workload;
  const ports = Array.from({ length: portCount }, (_, index) => inboundPort(index));
  // On loopback alone, at a port that the system chooses.
  const published = [{ HostIp: '127.0.0.1', HostPort: '' }];
  return {
    ...(hostname !== undefined && { Hostname: hostname }),
    name,
    Image: image,
    Labels: { ...labels },
    User: '0:0',
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    HostConfig: {
      ...networkOptions(workload),
      NetworkMode: network,
      CapDrop: ['ALL'],
      CapAdd: ['NET_ADMIN'],
      SecurityOpt: ['no-new-privileges'],
      // Nobody reads them but the engine, which is attached.
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'no' },
      Memory: SIDECAR_MEMORY,
      MemorySwap: SIDECAR_MEMORY,
      PidsLimit: 64,
      PortBindings: Object.fromEntries(ports.map((port) => [port, published])),
    },
  };
}

/** What of a workload belongs to its network, which is the sidecar's. */
function networkOptions({
  dns,
  extraHosts,
  sysctls,
}: ContainerWorkload): Pick<HostConfig, 'Dns' | 'ExtraHosts' | 'Sysctls'> {
  const ofNetwork = Object.entries(sysctls).filter(([name]) => name.startsWith('net.'));
  return {
    ExtraHosts: extraHosts.map(({ name, address }) => `${name}:${address}`),
    Sysctls: Object.fromEntries(ofNetwork),
    ...(dns && { Dns: dns }),
  };
}
