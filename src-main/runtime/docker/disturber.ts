/** Brings the network and the disks of a container into the state that faults ask for. */
import { isDeepStrictEqual } from 'node:util';
import type Docker from 'dockerode';
import { isSizedTmpfs } from '../../spec/mesh.ts';
import type { ContainerWorkload } from '../../spec/mesh.ts';
import type { Disturbance } from '../runtime.ts';
import { fillOrEmpty } from './full-disks.ts';
import { cutCommand, explainRules, shapeCommand, unshapeCommand } from './network-rules.ts';
import { runIn } from './run-in.ts';

/** Where it happens. */
export interface Place {
  /** Ids of containers. */
  readonly workload: string;
  readonly sidecar: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Addresses of a service's pods; none: it runs beside the engine, as the gateway does. */
export type AddressesOf = (service: string) => readonly string[];

export class Disturber {
  readonly #workload: ContainerWorkload;
  readonly #addressesOf: AddressesOf;
  #packets: Disturbance['packets'];
  #cut: 'all' | readonly string[] = [];
  #full: readonly string[] = [];

  constructor(workload: ContainerWorkload, addressesOf: AddressesOf) {
    this.#workload = workload;
    this.#addressesOf = addressesOf;
  }

  /** Why it can never be as asked; undefined: it may be. */
  whyNot({ fullDisks }: Disturbance): string | undefined {
    if (fullDisks === undefined) return undefined;
    const sized = this.#disks();
    if (sized.length === 0) return 'it has no tmpfs with a size that could be full';
    if (fullDisks === 'all') return undefined;
    const unknown = fullDisks.find((folder) => !sized.includes(folder));
    return unknown && `${unknown} is no tmpfs of it with a size`;
  }

  /** Its pod is new: nothing befalls it. */
  forgetNetwork(): void {
    this.#packets = undefined;
    this.#cut = [];
  }

  /** It was started anew: its tmpfs are empty. */
  forgetDisks(): void {
    this.#full = [];
  }

  /** What is as asked already is left alone. @throws Error that says what cannot be done, and why */
  async apply(docker: Docker, place: Place, wanted: Disturbance): Promise<void> {
    const failures: string[] = [];
    for (const step of [this.#shape, this.#cutOff, this.#fill]) {
      try {
        await step.call(this, docker, place, wanted);
      } catch (error) {
        failures.push((error as Error).message);
      }
    }
    if (failures.length > 0) throw new Error(failures.join('; '));
  }

  async #shape(docker: Docker, { sidecar }: Place, { packets }: Disturbance): Promise<void> {
    if (isDeepStrictEqual(packets, this.#packets)) return;
    const command = packets ? shapeCommand(packets) : unshapeCommand();
    await inNetwork(docker, sidecar, command, 'its packets cannot be shaped');
    this.#packets = packets;
  }

  async #cutOff(docker: Docker, { sidecar }: Place, { cutOff = [] }: Disturbance): Promise<void> {
    const addresses = cutOff === 'all' ? cutOff : await this.#addresses(docker, sidecar, cutOff);
    if (isDeepStrictEqual(addresses, this.#cut)) return;
    await inNetwork(docker, sidecar, cutCommand(addresses), 'it cannot be cut off');
    this.#cut = addresses;
  }

  async #addresses(
    docker: Docker,
    sidecar: string,
    services: readonly string[],
  ): Promise<string[]> {
    const found = services.map((service) => this.#addressesOf(service));
    const own = found.flat();
    if (found.every(({ length }) => length > 0)) return [...new Set(own)].sort();
    // What runs beside the engine comes in by a published port, from the gateway of the network.
    const { NetworkSettings } = await docker.getContainer(sidecar).inspect();
    const gateways = Object.values(NetworkSettings.Networks).map(({ Gateway }) => Gateway);
    return [...new Set([...own, ...gateways.filter((address) => address !== '')])].sort();
  }

  async #fill(docker: Docker, place: Place, { fullDisks = [] }: Disturbance): Promise<void> {
    const wanted = fullDisks === 'all' ? this.#disks() : fullDisks;
    const emptied = this.#full.filter((folder) => !wanted.includes(folder));
    const filled = wanted.filter((folder) => !this.#full.includes(folder));
    if (emptied.length + filled.length === 0) return;
    const { Image: image } = await docker.getContainer(place.sidecar).inspect();
    const job = { container: place.workload, image, labels: place.labels };
    if (emptied.length > 0) await fillOrEmpty(docker, { ...job, folders: emptied, isFull: false });
    this.#full = this.#full.filter((folder) => wanted.includes(folder));
    if (filled.length > 0) await fillOrEmpty(docker, { ...job, folders: filled, isFull: true });
    this.#full = [...wanted];
  }

  #disks(): string[] {
    return this.#workload.mounts.filter(isSizedTmpfs).map(({ target }) => target);
  }
}

async function inNetwork(
  docker: Docker,
  sidecar: string,
  command: readonly string[],
  what: string,
): Promise<void> {
  try {
    await runIn(docker, sidecar, command);
  } catch (error) {
    throw new Error(`${what}: ${explainRules((error as Error).message)}`, { cause: error });
  }
}
