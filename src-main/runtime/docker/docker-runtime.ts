/** Every instance is a pod in a container engine: the workload's container beside its sidecar's. */
import type Docker from 'dockerode';
import type { Clock } from '../../base/clock.ts';
import type { Bytes, Milliseconds, Percent } from '../../base/units.ts';
import type { ContainerWorkload } from '../../spec/mesh.ts';
import type { InstanceSpec } from '../instance.ts';
import type {
  Disturbance,
  InstanceSignal,
  InstanceWiring,
  Runtime,
  RuntimeEvents,
} from '../runtime.ts';
import { findContainerLeftovers, removeLeftover } from './clean-up.ts';
import type { EngineConnection } from './connection.ts';
import { ContainerInstance, sidecarOf } from './container.ts';
import { ContainerControls } from './controls.ts';
import { Images } from './images.ts';
import { labelsFor, meshHash } from './labels.ts';
import type { Pods } from './pod.ts';
import { UsageWatch } from './usage-watch.ts';

export interface DockerRuntimeOptions {
  readonly clock: Clock;
  readonly events: RuntimeEvents;
  /** The mesh's file: its containers are known by it. */
  readonly meshFile: string;
  readonly connection: EngineConnection;
  readonly pods: Pods;
}

interface Running {
  readonly instance: ContainerInstance;
  readonly controls: ContainerControls;
}

/** The end of a mesh waits no longer for those that have no longer time of their own. */
const CLOSE_GRACE: Milliseconds = 3_000;
/** The Compose Specification's `stop_grace_period`, where none is given. */
const DEFAULT_GRACE: Milliseconds = 10_000;

export class DockerRuntime implements Runtime {
  readonly #options: DockerRuntimeOptions;
  readonly #images: Images;
  readonly #events: RuntimeEvents;
  readonly #usage: UsageWatch;
  readonly #running = new Map<string, Running>();
  #cleanedUp: Promise<void> | undefined;

  constructor(options: DockerRuntimeOptions) {
    this.#options = options;
    this.#images = new Images(labelsFor({ meshFile: options.meshFile, role: 'workload' }));
    this.#usage = new UsageWatch(options);
    const { connection, events } = options;
    this.#events = {
      ...events,
      onPod: async (id, pod, port) => {
        await events.onPod(id, pod, port);
        this.#refresh();
      },
    };
    // What was asked of an engine that has gone away is never answered.
    connection.onLost(() => this.#images.forget());
  }

  /** The declared port; 0: the image says. Nothing waits here: one slow pull would hold up everybody. */
  prepare({ version }: InstanceSpec): Promise<number> {
    return Promise.resolve(version.port);
  }

  start(spec: InstanceSpec, wiring: InstanceWiring): void {
    const { clock, connection, events, meshFile, pods } = this.#options;
    const controls = new ContainerControls(spec, {
      connection,
      labels: labelsFor({ meshFile, role: 'helper', instance: spec.id }),
      addressesOf: (service) => this.#addressesOf(service),
      onFailure: (what) => events.onEvent('warning', what, spec.id),
    });
    const instance = new ContainerInstance(spec, wiring, {
      clock,
      events: this.#events,
      connection,
      images: this.#images,
      meshFile,
      name: `faultline-${spec.id}-${meshHash(`${meshFile} ${process.pid}`)}`,
      pods,
      cleanUp: (docker) => (this.#cleanedUp ??= this.#cleanUp(docker)),
      controls,
    });
    this.#running.set(spec.id, { instance, controls });
    instance.start();
    this.#usage.watch(spec.id, () => {
      const { running, pod } = instance;
      return running && { workload: running, sidecar: sidecarOf(pod) };
    });
  }

  async replace(spec: InstanceSpec, wiring: InstanceWiring): Promise<void> {
    const old = this.#running.get(spec.id);
    await old?.instance.stop();
    this.start(spec, wiring);
  }

  async restart(id: string): Promise<void> {
    await this.#running.get(id)?.instance.restart();
  }

  signal(id: string, signal: InstanceSignal): boolean {
    return this.#running.get(id)?.controls.signal(signal) ?? false;
  }

  memoryOf(id: string): Bytes | undefined {
    return this.#usage.last(id)?.memory;
  }

  limitMemory(id: string, limit: Bytes | undefined): string | undefined {
    return this.#running.get(id)?.controls.limitMemory(limit);
  }

  limitCpu(id: string, share: Percent | undefined): string | undefined {
    return this.#running.get(id)?.controls.limitCpu(share);
  }

  setClock(id: string, offset: Milliseconds): string | undefined {
    return this.#running.get(id)?.controls.setClock(offset);
  }

  disturb(id: string, disturbance: Disturbance): string | undefined {
    return this.#running.get(id)?.controls.disturb(disturbance);
  }

  async stop(id: string): Promise<void> {
    await this.#stop(id);
  }

  async close(): Promise<void> {
    this.#usage.close();
    await Promise.all([...this.#running.keys()].map((id) => this.#stop(id, CLOSE_GRACE)));
    await this.#options.pods.close();
    this.#options.connection.close();
  }

  #addressesOf(service: string): readonly string[] {
    return [...this.#running.values()].flatMap(({ instance }) => {
      const host = instance.spec.service.name === service && instance.pod?.addresses.pod.host;
      return host ? [host] : [];
    });
  }

  /** Who is cut off from a service is so from its new pods too. */
  #refresh(): void {
    for (const { controls } of this.#running.values()) if (controls.isCutOff) controls.refresh();
  }

  async #cleanUp(docker: Docker): Promise<void> {
    const { onEvent } = this.#options.events;
    try {
      for (const leftover of await findContainerLeftovers(docker)) {
        await removeLeftover(docker, leftover);
        const what = `${leftover.containers.length} containers`;
        onEvent(
          'info',
          `removed ${what} that a crashed run of ${leftover.meshFile} had left behind`,
        );
      }
    } catch (error) {
      // What is left does no harm but for the room that it takes.
      onEvent(
        'warning',
        `what a crashed run left could not be removed: ${(error as Error).message}`,
      );
    }
  }

  async #stop(id: string, most?: Milliseconds): Promise<void> {
    const running = this.#running.get(id);
    this.#running.delete(id);
    this.#usage.forget(id);
    if (!running) return;
    const { instance } = running;
    await instance.stop(most && graceAtEnd(instance.workload, most));
  }
}

/** As long as the document gives it, where that is more than everybody has. */
function graceAtEnd({ stopGrace }: ContainerWorkload, most: Milliseconds): Milliseconds {
  return stopGrace > DEFAULT_GRACE ? stopGrace : Math.min(stopGrace, most);
}
