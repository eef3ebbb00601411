/**
 * What faults do to a container: signals, limits, its clock. The engine is asked in the order in which
 * faults ask; what it cannot do is told later. What was set is set again for each new container.
 */
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import type { Bytes, Milliseconds, Percent } from '../../base/units.ts';
import type { ContainerWorkload } from '../../spec/mesh.ts';
import type { InstanceSpec } from '../instance.ts';
import type { Disturbance, InstanceSignal } from '../runtime.ts';
import { ContainerClock } from './container-clock.ts';
import type { EngineConnection } from './connection.ts';
import { Disturber } from './disturber.ts';
import type { AddressesOf } from './disturber.ts';
import { explainEngine } from './workload.ts';

export interface ControlsOptions {
  readonly connection: EngineConnection;
  /** Of containers that are made to do something to it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly addressesOf: AddressesOf;
  /** A sentence: what could not be done, and why. */
  onFailure(what: string): void;
}

const NANO_CPUS = 1e9;
/** The engine takes no less, in cores. */
const LEAST_CPUS = 0.01;
/** Docker takes no less: runc needs some to start. */
const LEAST_MEMORY: Bytes = 6 * 1024 * 1024;
const NO_CONTAINER = 'its container does not run';

export class ContainerControls {
  readonly #id: string;
  readonly #workload: ContainerWorkload;
  readonly #options: ControlsOptions;
  readonly #clock: ContainerClock | undefined;
  readonly #disturber: Disturber;
  #container: Container | undefined;
  #sidecar: string | undefined;
  #disturbance: Disturbance = {};
  #memory: Bytes | undefined;
  #cpu: Percent | undefined;
  #done: Promise<unknown> = Promise.resolve();

  constructor({ id, version, hasOwnClock }: InstanceSpec, options: ControlsOptions) {
    const { workload } = version;
    if (workload.runtime !== 'docker') throw new Error(`${id} is no container`);
    this.#id = id;
    this.#workload = workload;
    this.#options = options;
    this.#disturber = new Disturber(workload, options.addressesOf);
    this.#clock = hasOwnClock === true ? new ContainerClock() : undefined;
  }

  /** For the container's environment. */
  get env(): Readonly<Record<string, string>> {
    return this.#clock?.env ?? {};
  }

  /** Before its container is created. @throws Error of the engine */
  async prepare(docker: Docker, image: string): Promise<void> {
    await this.#clock?.prepare(docker, image);
  }

  /** A container that was made and is not started yet. @throws Error of the engine */
  async beforeStart(container: Container): Promise<void> {
    await this.#clock?.install(container);
  }

  /** The container that runs now, in the pod of this sidecar; undefined: none. */
  attach(container: Container | undefined, sidecar = this.#sidecar): void {
    this.#container = container;
    // What was asked of an engine that has gone away is never answered.
    if (!container) this.#done = Promise.resolve();
    this.#disturber.forgetDisks();
    if (sidecar !== this.#sidecar) this.#disturber.forgetNetwork();
    this.#sidecar = sidecar;
    if (container && Object.keys(this.#disturbance).length > 0) this.refresh();
    if (container && this.#memory !== undefined) this.limitMemory(this.#memory);
    if (container && this.#cpu !== undefined) this.limitCpu(this.#cpu);
  }

  /** False where none runs. */
  signal(signal: InstanceSignal): boolean {
    return this.#do(SIGNAL_NAMES[signal], (container) => {
      if (signal === 'SIGKILL') return container.kill({ signal: 'SIGKILL' });
      return signal === 'SIGSTOP' ? container.pause() : container.unpause();
    });
  }

  /** @returns why not, where that is known at once */
  limitMemory(limit: Bytes | undefined): string | undefined {
    this.#memory = limit;
    const isAsked = this.#do('limit the memory of', async (container) => {
      const memory = limit ?? this.#workload.memory ?? (await this.#machine()).memory;
      // Without a limit of its own for swap it would be twice the memory.
      const least = Math.max(LEAST_MEMORY, memory);
      await container.update({ Memory: least, MemorySwap: least });
    });
    return isAsked ? undefined : NO_CONTAINER;
  }

  /** `share`: of the processors that it may have otherwise. @returns why not, where that is known at once */
  limitCpu(share: Percent | undefined): string | undefined {
    this.#cpu = share;
    const isAsked = this.#do('limit the processor time of', async (container) => {
      const all = this.#workload.cpus ?? (await this.#machine()).cpus;
      const cpus = share === undefined ? all : Math.max(LEAST_CPUS, (all * share) / 100);
      await container.update({ NanoCpus: Math.round(cpus * NANO_CPUS) });
    });
    return isAsked ? undefined : NO_CONTAINER;
  }

  /** @returns why not, where that is known at once */
  disturb(disturbance: Disturbance): string | undefined {
    this.#disturbance = disturbance;
    const whyNot = this.#disturber.whyNot(disturbance);
    if (whyNot !== undefined) return whyNot;
    return this.refresh() ? undefined : NO_CONTAINER;
  }

  /** Where it is cut off from services, their addresses may be others now. False where none runs. */
  refresh(): boolean {
    return this.#do('disturb', async (container) => {
      const sidecar = this.#sidecar;
      if (sidecar === undefined) return;
      const { docker } = await this.#options.connection.engine();
      const place = { workload: container.id, sidecar, labels: this.#options.labels };
      await this.#disturber.apply(docker, place, this.#disturbance);
    });
  }

  /** It is cut off from services. */
  get isCutOff(): boolean {
    return this.#disturbance.cutOff !== undefined;
  }

  /** @returns why not, where that is known at once */
  setClock(offset: Milliseconds): string | undefined {
    const clock = this.#clock;
    if (!clock) return 'it was started without a clock of its own';
    if (clock.whyNot !== undefined) return clock.whyNot;
    clock.offset = offset;
    this.#do('set the clock of', (container) => clock.write(container));
    return undefined;
  }

  /** Resolves when all that was asked for until now is done. */
  async settled(): Promise<void> {
    await this.#done;
  }

  #do(what: string, act: (container: Container) => Promise<unknown>): boolean {
    const container = this.#container;
    if (!container) return false;
    this.#done = this.#done
      .then(() => act(container))
      .catch((error: Error) => {
        // Of one that has ended meanwhile nothing is wanted.
        if (this.#container !== container) return;
        this.#options.onFailure(`cannot ${what} ${this.#id}: ${explainEngine(error)}`);
      });
    return true;
  }

  /** What a container without a limit has. */
  async #machine(): Promise<{ readonly cpus: number; readonly memory: Bytes }> {
    const { docker } = await this.#options.connection.engine();
    const { NCPU, MemTotal } = (await docker.info()) as { NCPU: number; MemTotal: number };
    return { cpus: NCPU, memory: MemTotal };
  }
}

const SIGNAL_NAMES: Readonly<Record<InstanceSignal, string>> = {
  SIGKILL: 'kill',
  SIGSTOP: 'pause',
  SIGCONT: 'resume',
};
