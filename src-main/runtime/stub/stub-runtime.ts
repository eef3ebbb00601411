/** Services that are not written yet, or too many to run: HTTP servers in one thread of the engine. */
import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../../base/clock.ts';
import { RestartBackOff } from '../back-off.ts';
import type { FreePorts } from '../free-ports.ts';
import type { InstanceSpec } from '../instance.ts';
import type {
  Disturbance,
  InstanceStatus,
  InstanceWiring,
  Runtime,
  RuntimeEvents,
} from '../runtime.ts';
import { whyNotDisturbed } from '../runtime.ts';
import type { FromStubWorker, StubInstance, ToStubWorker } from './messages.ts';

export interface StubRuntimeOptions {
  readonly clock: Clock;
  readonly events: RuntimeEvents;
  /** The built file of the stubs' worker. */
  workerEntry(): string;
  /** Shared with others that give out ports. */
  readonly ports: FreePorts;
}

interface Running {
  readonly spec: InstanceSpec;
  readonly instance: StubInstance;
  restarts: number;
  startedAt: number;
}

const NO_PROCESS = 'a stub has no process';

export class StubRuntime implements Runtime {
  readonly #options: StubRuntimeOptions;
  readonly #running = new Map<string, Running>();
  readonly #stopping = new Map<string, () => void>();
  readonly #backOff = new RestartBackOff();
  /** Not before there is a stub. */
  #worker: Worker | undefined;
  #openedAt = 0;
  #reopening: Timer | undefined;

  constructor(options: StubRuntimeOptions) {
    this.#options = options;
  }

  prepare(): Promise<number> {
    return this.#options.ports.take();
  }

  start(spec: InstanceSpec, wiring: InstanceWiring): void {
    const instance = stubInstance(spec, wiring);
    const restarts = this.#running.get(spec.id)?.restarts ?? 0;
    const startedAt = this.#options.clock.wall();
    this.#running.set(spec.id, { spec, instance, restarts, startedAt });
    this.#report(spec.id, 'starting');
    this.#send({ type: 'start', instance });
  }

  /** In place: what a stub answers changes between two requests. */
  replace(spec: InstanceSpec, wiring: InstanceWiring): Promise<void> {
    const before = this.#running.get(spec.id);
    const instance = stubInstance(spec, wiring);
    if (before?.instance.http2 !== instance.http2) return this.#startAnew(spec, wiring);
    this.#running.set(spec.id, { ...before, spec, instance });
    this.#send({ type: 'start', instance });
    return Promise.resolve();
  }

  async restart(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (!running) return;
    await this.#end(id);
    running.restarts++;
    running.startedAt = this.#options.clock.wall();
    this.#report(id, 'starting');
    this.#send({ type: 'start', instance: running.instance });
  }

  /** A stub is no process. */
  signal(): boolean {
    return false;
  }

  memoryOf(): undefined {
    return undefined;
  }

  limitMemory(): string {
    return NO_PROCESS;
  }

  limitCpu(): string {
    return NO_PROCESS;
  }

  setClock(): string {
    return NO_PROCESS;
  }

  /** It has neither a network nor disks of its own. */
  disturb(_id: string, disturbance: Disturbance): string | undefined {
    return whyNotDisturbed(disturbance);
  }

  async stop(id: string): Promise<void> {
    await this.#end(id);
    this.#report(id, 'stopped');
    this.#running.delete(id);
  }

  async close(): Promise<void> {
    this.#running.clear();
    this.#reopening?.cancel();
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #startAnew(spec: InstanceSpec, wiring: InstanceWiring): Promise<void> {
    await this.#end(spec.id);
    this.start(spec, wiring);
  }

  #end(id: string): Promise<void> {
    if (!this.#running.has(id) || !this.#worker) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stopping.set(id, resolve);
      this.#send({ type: 'stop', id });
    });
  }

  #send(message: ToStubWorker): void {
    // While it waits to be opened again: what runs is started then.
    if (this.#reopening) return;
    this.#worker ??= this.#open();
    this.#worker.postMessage(message);
  }

  #open(): Worker {
    const worker = new Worker(this.#options.workerEntry(), { name: 'stubs' });
    this.#openedAt = this.#options.clock.wall();
    let reason = 'it ended';
    worker.on('message', (message: FromStubWorker) => this.#onMessage(message));
    worker.on('error', (error) => (reason = error.message));
    worker.on('exit', () => this.#onExit(worker, reason));
    return worker;
  }

  #onMessage(message: FromStubWorker): void {
    const { id } = message;
    if (message.type === 'stopped') {
      this.#stopping.get(id)?.();
      this.#stopping.delete(id);
    } else if (message.type === 'listening') this.#report(id, 'ready');
    else this.#report(id, 'failed', message.reason);
  }

  /** The thread has died (a bug, or no memory is left): all stubs are started anew in another one. */
  #onExit(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const resolve of this.#stopping.values()) resolve();
    this.#stopping.clear();
    const { clock } = this.#options;
    const wait = this.#backOff.next(clock.wall() - this.#openedAt);
    for (const running of this.#running.values()) {
      running.restarts++;
      const what = `the thread of the stubs died: ${reason}; started again in ${wait} ms`;
      this.#report(running.spec.id, 'restarting', what);
    }
    this.#reopening = clock.after(wait, () => {
      this.#reopening = undefined;
      for (const { instance } of this.#running.values()) this.#send({ type: 'start', instance });
    });
  }

  #report(id: string, status: InstanceStatus, reason?: string): void {
    const running = this.#running.get(id);
    if (!running) return;
    const { restarts, startedAt } = running;
    const report = { id, status, restarts, startedAt, ...(reason !== undefined && { reason }) };
    this.#options.events.onReport(report);
  }
}

function stubInstance(
  { id, service, version }: InstanceSpec,
  wiring: InstanceWiring,
): StubInstance {
  const { workload } = version;
  if (workload.runtime !== 'stub') throw new Error(`${id} is no stub`);
  const { port, callees } = wiring;
  return {
    id,
    service: service.name,
    version: version.name,
    stub: workload.stub,
    http2: service.protocol === 'http2',
    port,
    callees: Object.fromEntries(
      Object.entries(callees).map(([name, address]) => [
        name,
        `http://${address.host}:${address.port}`,
      ]),
    ),
  };
}
