/** A sidecar's container that runs: its addresses, its line, its end. */
import type { Container, ContainerInspectInfo } from 'dockerode';
import { podInboundPort } from '../../../pod/messages.ts';
import type { PodWiring, ProbeTarget, Wired } from '../../../pod/messages.ts';
import type { DataPlaneLink } from '../../../proxy/messages.ts';
import type { HealthCheck } from '../../../spec/mesh.ts';
import type { Address } from '../../runtime.ts';
import type { Pod, PodAddresses } from '../pod.ts';
import { isOwnAddress } from './network.ts';
import type { MeshNetwork } from './network.ts';
import type { PodLine } from './pod-line.ts';
import { SIDECAR_MEMORY, inboundPort } from './sidecar-options.ts';

const LOOPBACK = '127.0.0.1';

export interface SidecarParts {
  readonly container: Container;
  readonly line: PodLine;
  readonly network: MeshNetwork;
  /** Of its inbound listeners, in the order of the service's ports. */
  readonly addresses: readonly PodAddresses[];
  /** The service's ports besides the first. */
  readonly morePorts: readonly number[];
  /** Resolves when the line has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

export class SidecarPod implements Pod {
  readonly networkMode: string;
  readonly addresses: PodAddresses;
  readonly moreAddresses: Pod['moreAddresses'];
  readonly hostAddress?: string;
  readonly lost: Promise<string>;
  readonly #parts: SidecarParts;
  #removing: Promise<void> | undefined;

  constructor(parts: SidecarParts) {
    this.#parts = parts;
    this.networkMode = `container:${parts.container.id}`;
    const [first, ...others] = parts.addresses;
    if (!first) throw new Error('a pod has at least one port');
    this.addresses = first;
    const more = others.map((addresses, i) => [parts.morePorts[i] ?? 0, addresses] as const);
    this.moreAddresses = Object.fromEntries(more);
    const { gateway } = parts.network;
    if (gateway !== undefined && isOwnAddress(gateway)) this.hostAddress = gateway;
    this.lost = new Promise((resolve) => {
      void parts.ended.then(async () => {
        if (this.#removing) return;
        const reason = await whyEnded(parts);
        // Where the engine is away it stays: the next one of its name removes it.
        await this.remove().catch(() => undefined);
        resolve(reason);
      });
    });
  }

  get link(): DataPlaneLink {
    return this.#parts.line;
  }

  wire(wiring: PodWiring): Promise<Wired> {
    return this.#parts.line.wire(wiring);
  }

  probe({ path, timeout }: HealthCheck, port: number): Promise<string | undefined> {
    return this.reach({ host: LOOPBACK, port, path, timeout });
  }

  reach(target: ProbeTarget): Promise<string | undefined> {
    return this.#parts.line.probe(target);
  }

  remove(): Promise<void> {
    this.#removing ??= removeContainer(this.#parts);
    return this.#removing;
  }
}

async function removeContainer({ container, line }: SidecarParts): Promise<void> {
  try {
    // There is nothing to wait for: it has nothing to write down.
    await container.remove({ force: true });
  } catch (error) {
    if (!isGone(error)) throw error;
  } finally {
    line.close();
  }
}

/** No such container, or another removal of it is under way. */
export function isGone(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: number };
  return statusCode === 404 || statusCode === 409;
}

async function whyEnded({ container, line }: SidecarParts): Promise<string> {
  const limit = SIDECAR_MEMORY / 1024 / 1024;
  try {
    const { State } = await container.inspect();
    if (State.OOMKilled) return `the sidecar needed more memory than its ${limit} MiB`;
    if (line.said !== '') return `the sidecar has ended: ${line.said}`;
    return State.Running
      ? 'the line to the sidecar is broken'
      : `the sidecar has ended with code ${State.ExitCode}`;
  } catch (error) {
    if (isGone(error)) return 'the container of the sidecar was removed';
    return `the container engine is away: ${(error as Error).message}`;
  }
}

/** Of its nth inbound listener. @throws Error where the engine published no port, or gave it no address */
export function addressesOf(
  info: ContainerInspectInfo,
  network: string,
  index: number,
): PodAddresses {
  const { Ports, Networks } = info.NetworkSettings;
  const published = Number(Ports[inboundPort(index)]?.[0]?.HostPort);
  const address = Networks[network]?.IPAddress;
  if (!published) throw new Error('the engine published no port of the sidecar');
  if (!address) throw new Error(`the sidecar has no address in the network ${network}`);
  const pod: Address = { host: address, port: podInboundPort(index) };
  return { host: { host: LOOPBACK, port: published }, pod };
}
