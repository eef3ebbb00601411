/**
 * The proxies of a mesh, in worker threads and in pods: compiles what each is to run from what is known
 * of the instances, brings it there, and remembers the ports that their listeners have got.
 */
import type { Clock } from '../base/clock.ts';
import type { CompileInput, SidecarInput } from '../control/compile/input.ts';
import { podWiring } from '../control/compile/pod-wiring.ts';
import { compileSidecar } from '../control/compile/proxies.ts';
import { Pusher } from '../control/push.ts';
import type { PushRefusal } from '../control/push.ts';
import { ThreadLink } from '../control/thread-link.ts';
import { WorkerPool } from '../control/worker-pool.ts';
import type { WorkerPoolEvents } from '../control/worker-pool.ts';
import type { Leaf } from '../identity/leaf.ts';
import type { ProxyConfig } from '../proxy/config.ts';
import type { Pod } from '../runtime/docker/pod.ts';
import type { InstanceSpec } from '../runtime/instance.ts';
import type { InstanceReport } from '../runtime/runtime.ts';
import type { Mesh } from '../spec/mesh.ts';
import { PodHomes } from './pod-homes.ts';
import type { PodHomesEvents } from './pod-homes.ts';
import { readyEndpoint } from './ready-endpoints.ts';

/** What is known of an instance. */
export interface Instance {
  spec: InstanceSpec;
  /** Where its program is to listen; of a pod, what the document says of it. */
  readonly workloadPort: number;
  report: InstanceReport | undefined;
}

/** An instance gets a pod, beside a workload that is to listen at `port`. */
export interface Move {
  readonly id: string;
  readonly pod: Pod;
  readonly port: number;
}

export interface ProxyEvents extends WorkerPoolEvents, PodHomesEvents {
  onEvent(severity: 'info' | 'warning' | 'error', message: string, subject?: string): void;
}

/** What does not come from instances and pods. */
export type Surroundings = Omit<CompileInput, 'mesh' | 'endpoints' | 'pods'>;

export interface ProxiesOptions {
  /** The built worker file. */
  readonly workerEntry: string;
  readonly workers: number;
  readonly clock: Clock;
  /** Seen as they are at the time of each push. */
  readonly instances: ReadonlyMap<string, Instance>;
  surroundings(mesh: Mesh): Surroundings;
  leaf(node: string): Leaf | undefined;
  readonly events: ProxyEvents;
}

export class Proxies {
  readonly homes: PodHomes;
  readonly pusher: Pusher;
  readonly #options: ProxiesOptions;
  readonly #pool: WorkerPool;
  /** Ports that listeners were given, by proxy: kept, since instances were told them. */
  readonly #ports = new Map<string, Readonly<Record<string, number>>>();

  constructor(options: ProxiesOptions) {
    const { clock, workerEntry, workers, events } = options;
    this.#options = options;
    this.homes = new PodHomes(events);
    this.#pool = new WorkerPool(() => new ThreadLink(workerEntry), workers, events, clock);
    this.pusher = new Pusher(this.#pool);
  }

  /** Of a proxy's listeners, by their names. */
  ports(node: string): Readonly<Record<string, number>> {
    return this.#ports.get(node) ?? {};
  }

  /** The configuration that a proxy runs: an instance's sidecar, or `gateway`. */
  config(node: string): ProxyConfig | undefined {
    return this.pusher.config(node);
  }

  /** Of those that are there; pods have their networks laid besides. */
  async pushSidecars(mesh: Mesh, ids: Iterable<string>): Promise<PushRefusal[]> {
    const input = this.input(mesh);
    const sidecars = [...ids].flatMap((id) => this.#sidecarInput(id) ?? []);
    const refused = await this.#push(sidecars.map((one) => compileSidecar(input, one)));
    const unlaid = await Promise.all(sidecars.map(({ id }) => this.#layPod(input, id)));
    const refusals = [...refused, ...unlaid.flatMap((one) => one ?? [])];
    this.tellRefusals('sidecar', refusals);
    return refusals;
  }

  tellRefusals(who: string, refusals: readonly PushRefusal[]): void {
    for (const { node, reason } of refusals) {
      const message = `the ${who} refused its configuration: ${reason}`;
      this.#options.events.onEvent('error', message, node);
    }
  }

  /** The next push to the proxy is a whole one: what it ran is gone. */
  forget(node: string): void {
    this.pusher.forget(node);
  }

  /** `drain`: milliseconds that exchanges have to end. */
  async remove(node: string, drain: number): Promise<void> {
    await this.pusher.remove(node, drain);
  }

  /** The instance is not there any more. */
  forgetPorts(id: string): void {
    this.#ports.delete(id);
  }

  /**
   * An instance's proxy is to live in this pod from now on.
   * @param portOfHost something that listens on this machine's loopback
   * @throws Error where it does not get to run there
   */
  async enterPod(mesh: Mesh, { id, pod, port }: Move, portOfHost: number): Promise<void> {
    this.leavePod(id);
    this.#pool.adopt(id, pod.link);
    await this.homes.enter(id, pod, port, portOfHost);
    const [refusal] = await this.pushSidecars(mesh, [id]);
    if (refusal) throw new Error(`its sidecar refused its configuration: ${refusal.reason}`);
  }

  leavePod(id: string): void {
    this.homes.leave(id);
    this.pusher.forget(id);
    this.#ports.delete(id);
  }

  /** Ends the threads; pods are ended by their runtime. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  /** Undefined: it is not there, or its pod is not. */
  #sidecarInput(id: string): SidecarInput | undefined {
    const instance = this.#options.instances.get(id);
    const leaf = this.#options.leaf(id);
    if (!instance || !leaf) return undefined;
    const { service, version, index } = instance.spec;
    const home = this.homes.get(id);
    if (!home && version.workload.runtime === 'docker') return undefined;
    const { workloadPort } = home ?? instance;
    const redirect = home && { redirect: home.redirect };
    return { id, service, version, index, workloadPort, leaf, ports: this.ports(id), ...redirect };
  }

  /** By the ports that its listeners have got. A pod whose network is not laid is tried again. */
  async #layPod(input: CompileInput, id: string): Promise<PushRefusal | undefined> {
    const sidecar = this.homes.get(id) && this.#sidecarInput(id);
    if (!sidecar) return undefined;
    try {
      await this.homes.lay(id, podWiring(input, sidecar));
      return undefined;
    } catch (error) {
      const reason = `the network of its pod could not be laid: ${(error as Error).message}`;
      return { node: id, reason };
    }
  }

  async #push(configs: readonly ProxyConfig[]): Promise<PushRefusal[]> {
    const refusals = await this.pusher.push(configs);
    for (const { node } of configs) {
      this.#ports.set(node.id, { ...this.ports(node.id), ...this.pusher.ports(node.id) });
    }
    return refusals;
  }

  /** What is known now, to compile from. */
  input(mesh: Mesh): CompileInput {
    const { instances, surroundings } = this.#options;
    const endpoints = [...instances].flatMap(([id, { spec, report }]) => {
      const facts = { spec, report, pod: this.homes.get(id)?.pod, ports: this.ports(id) };
      return readyEndpoint(facts, this.homes.wayToHost);
    });
    return { ...surroundings(mesh), mesh, endpoints, ...this.homes.input };
  }
}
