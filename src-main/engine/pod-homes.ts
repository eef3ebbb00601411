/** The instances whose proxy lives in a pod, what is laid there, and how pods get to this machine. */
import { isDeepStrictEqual } from 'node:util';
import type { PodsInput } from '../control/compile/input.ts';
import type { PodWiring, RedirectMeans } from '../pod/messages.ts';
import type { Pod } from '../runtime/docker/pod.ts';
import type { WayToHost } from './ready-endpoints.ts';
import { VirtualAddresses } from './virtual-addresses.ts';

export interface Home {
  readonly pod: Pod;
  /** Where the workload in it listens. */
  readonly workloadPort: number;
  readonly redirect: RedirectMeans;
}

export interface PodHomesEvents {
  onEvent(severity: 'info' | 'warning', message: string, subject?: string): void;
}

interface Laid extends Home {
  wiring: PodWiring;
}

/** Nothing gets in before it is known what may. */
const SHUT: PodWiring = { names: [], redirects: [], entries: [], open: [] };
/** By this name Docker Desktop, OrbStack, Colima and Podman lead to their host; plain Linux has none. */
const HOST_NAME = 'host.docker.internal';
const PATIENCE = 2_000;

export class PodHomes {
  readonly #events: PodHomesEvents;
  readonly #homes = new Map<string, Laid>();
  readonly #addresses = new VirtualAddresses();
  #way: WayToHost | undefined;

  constructor(events: PodHomesEvents) {
    this.#events = events;
  }

  get(id: string): Home | undefined {
    return this.#homes.get(id);
  }

  /** Undefined: pods do not get there, or there are none. */
  get wayToHost(): WayToHost | undefined {
    return this.#way;
  }

  /** For compilation; undefined as long as there was no pod. */
  get input(): { readonly pods?: PodsInput } {
    if (this.#homes.size === 0) return {};
    const bound = this.#way && 'bound' in this.#way ? { hostAddress: this.#way.bound } : {};
    return { pods: { ...bound, virtualAddress: (name) => this.#addresses.of(name) } };
  }

  /**
   * @param portOfHost something that listens on this machine's loopback, to be looked for from the pod
   * @throws Error where the pod takes no rules, or is gone
   */
  async enter(id: string, pod: Pod, workloadPort: number, portOfHost: number): Promise<void> {
    const { means, reason } = await pod.wire(SHUT);
    if (means === 'none') {
      const message = `${id} runs permissive: traffic in its pod cannot be redirected or refused (${reason ?? 'no reason is known'}); it reaches others by their names, but its own port is open to all pods`;
      this.#events.onEvent('warning', message, id);
    }
    this.#homes.set(id, { pod, workloadPort, redirect: means, wiring: SHUT });
    this.#way ??= await this.#findWay(pod, portOfHost);
  }

  leave(id: string): void {
    this.#homes.delete(id);
  }

  /** Where it is another one than before. @throws Error where the pod refuses it */
  async lay(id: string, wiring: PodWiring): Promise<void> {
    const home = this.#homes.get(id);
    if (!home || isDeepStrictEqual(home.wiring, wiring)) return;
    await home.pod.wire(wiring);
    home.wiring = wiring;
  }

  async #findWay(pod: Pod, port: number): Promise<WayToHost | undefined> {
    if (pod.hostAddress !== undefined) return { bound: pod.hostAddress };
    const failure = await pod.reach({ host: HOST_NAME, port, timeout: PATIENCE });
    if (failure === undefined) return { name: HOST_NAME };
    const message = `pods cannot reach this machine (${HOST_NAME}: ${failure}): services that run here as processes or stubs cannot be called from containers`;
    this.#events.onEvent('warning', message);
    return undefined;
  }
}
