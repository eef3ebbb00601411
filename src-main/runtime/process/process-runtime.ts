/** The embedded default: every instance is a child process of the engine. */
import type { Clock } from '../../base/clock.ts';
import type { Bytes, Milliseconds, Percent } from '../../base/units.ts';
import type { InstanceSpec } from '../instance.ts';
import type {
  Disturbance,
  InstanceSignal,
  InstanceWiring,
  Runtime,
  RuntimeEvents,
} from '../runtime.ts';
import { whyNotDisturbed } from '../runtime.ts';
import type { FreePorts } from '../free-ports.ts';
import { FakeClocks, findFaketime } from './fake-clock.ts';
import { Guardian } from './guardian/guardian.ts';
import { limitMemory, memoryOf, whyNoMemoryLimit } from './memory-limit.ts';
import { ProcessInstance } from './process-instance.ts';
import type { GroupWatcher } from './process-instance.ts';
import { RunRecord } from './run-record.ts';
import { Throttle } from './throttle.ts';

export interface ProcessRuntimeOptions {
  readonly clock: Clock;
  readonly events: RuntimeEvents;
  /** Shared with others that give out ports. */
  readonly ports: FreePorts;
  /** The mesh's file: what a crashed run left behind is found by it. */
  readonly meshFile: string;
  /** The guardian has died: a crash of the engine would now leave processes until the next start. */
  onGuardianLost(reason: string): void;
}

export class ProcessRuntime implements Runtime {
  readonly #options: ProcessRuntimeOptions;
  readonly #instances = new Map<string, ProcessInstance>();
  readonly #guardian: Guardian;
  readonly #record: RunRecord;
  readonly #groups: GroupWatcher;
  readonly #clocks = new FakeClocks();
  readonly #throttles = new Map<string, Throttle>();
  /** Stopped by a signal until another one: no throttle lets them go on. */
  readonly #paused = new Set<string>();

  constructor(options: ProcessRuntimeOptions) {
    this.#options = options;
    this.#guardian = new Guardian((reason) => options.onGuardianLost(reason));
    this.#record = new RunRecord(options.meshFile);
    this.#groups = {
      watch: (group) => {
        this.#guardian.watch(group);
        this.#record.add(group);
      },
      forget: (group) => {
        this.#guardian.forget(group);
        this.#record.remove(group);
      },
    };
  }

  prepare(spec: InstanceSpec): Promise<number> {
    return spec.version.port > 0 ? Promise.resolve(spec.version.port) : this.#options.ports.take();
  }

  start(spec: InstanceSpec, wiring: InstanceWiring): void {
    const instance = new ProcessInstance(spec, wiring, {
      clock: this.#options.clock,
      events: this.#options.events,
      groups: this.#groups,
      clocks: this.#clocks,
      meshLabel: this.#options.meshFile,
    });
    this.#instances.set(spec.id, instance);
    instance.start();
  }

  async replace(spec: InstanceSpec, wiring: InstanceWiring): Promise<void> {
    await this.stop(spec.id);
    this.start(spec, wiring);
  }

  async restart(id: string): Promise<void> {
    await this.#instances.get(id)?.restart();
  }

  signal(id: string, signal: InstanceSignal): boolean {
    if (signal === 'SIGSTOP') this.#paused.add(id);
    if (signal === 'SIGCONT') this.#paused.delete(id);
    return this.#instances.get(id)?.signal(signal) ?? false;
  }

  memoryOf(id: string): Bytes | undefined {
    const group = this.#instances.get(id)?.group;
    return group === undefined || whyNoMemoryLimit() !== undefined ? undefined : memoryOf(group);
  }

  limitMemory(id: string, limit: Bytes | undefined): string | undefined {
    const why = whyNoMemoryLimit();
    const group = this.#instances.get(id)?.group;
    if (why === undefined && group !== undefined) limitMemory(group, limit);
    return why;
  }

  limitCpu(id: string, share: Percent | undefined): string | undefined {
    this.#throttles.get(id)?.stop();
    this.#throttles.delete(id);
    const send = (signal: 'SIGSTOP' | 'SIGCONT'): boolean | undefined =>
      this.#paused.has(id) ? true : this.#instances.get(id)?.signal(signal);
    if (share === undefined) {
      send('SIGCONT');
      return undefined;
    }
    if (send('SIGSTOP') !== true) return 'it cannot be signalled';
    const throttle = new Throttle(this.#options.clock, share, (signal) => void send(signal));
    this.#throttles.set(id, throttle);
    throttle.start();
    return undefined;
  }

  setClock(id: string, offset: Milliseconds): string | undefined {
    if (findFaketime() === undefined) return 'it needs libfaketime, of Linux: install libfaketime';
    this.#clocks.set(id, offset);
    return undefined;
  }

  /** It has neither a network nor disks of its own. */
  disturb(_id: string, disturbance: Disturbance): string | undefined {
    return whyNotDisturbed(disturbance);
  }

  async stop(id: string): Promise<void> {
    const instance = this.#instances.get(id);
    this.#instances.delete(id);
    this.#throttles.get(id)?.stop();
    this.#throttles.delete(id);
    this.#paused.delete(id);
    await instance?.stop();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#instances.keys()].map((id) => this.stop(id)));
    await this.#guardian.close();
    this.#clocks.close();
    this.#record.close();
  }
}
