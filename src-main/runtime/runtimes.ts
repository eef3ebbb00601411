/** All kinds of runtime as one: each instance goes to the one that its version names. */
import type { Bytes, Milliseconds, Percent } from '../base/units.ts';
import type { InstanceSpec } from './instance.ts';
import type { Disturbance, InstanceSignal, InstanceWiring, Runtime } from './runtime.ts';
import type { StartOrder } from './start-order.ts';

export type RuntimeKind = InstanceSpec['version']['workload']['runtime'];

export class Runtimes implements Runtime {
  readonly #byKind: Readonly<Record<RuntimeKind, Runtime>>;
  readonly #order: StartOrder;
  /** Where each instance runs. */
  readonly #homes = new Map<string, Runtime>();

  /** `order`: hears of every report. */
  constructor(byKind: Readonly<Record<RuntimeKind, Runtime>>, order: StartOrder) {
    this.#byKind = byKind;
    this.#order = order;
  }

  prepare(spec: InstanceSpec): Promise<number> {
    return this.#for(spec).prepare(spec);
  }

  /** Once what it depends on is as it needs it. */
  start(spec: InstanceSpec, wiring: InstanceWiring): void {
    this.#order.add(spec, () => {
      const runtime = this.#for(spec);
      this.#homes.set(spec.id, runtime);
      runtime.start(spec, wiring);
    });
  }

  async replace(spec: InstanceSpec, wiring: InstanceWiring): Promise<void> {
    const before = this.#homes.get(spec.id);
    const runtime = this.#for(spec);
    if (before === runtime) return runtime.replace(spec, wiring);
    // A stub gives way to the program that it stood for, at the same port, or the other way round.
    await before?.stop(spec.id);
    this.start(spec, wiring);
  }

  /** One that waits for others waits no longer. */
  async restart(id: string): Promise<void> {
    if (this.#order.startNow(id)) return;
    await this.#homes.get(id)?.restart(id);
  }

  signal(id: string, signal: InstanceSignal): boolean {
    return this.#homes.get(id)?.signal(id, signal) ?? false;
  }

  memoryOf(id: string): Bytes | undefined {
    return this.#homes.get(id)?.memoryOf(id);
  }

  limitMemory(id: string, limit: Bytes | undefined): string | undefined {
    return this.#homes.get(id)?.limitMemory(id, limit);
  }

  limitCpu(id: string, share: Percent | undefined): string | undefined {
    return this.#homes.get(id)?.limitCpu(id, share);
  }

  setClock(id: string, offset: Milliseconds): string | undefined {
    return this.#homes.get(id)?.setClock(id, offset);
  }

  disturb(id: string, disturbance: Disturbance): string | undefined {
    return this.#homes.get(id)?.disturb(id, disturbance);
  }

  async stop(id: string): Promise<void> {
    const home = this.#homes.get(id);
    this.#homes.delete(id);
    this.#order.forget(id);
    await home?.stop(id);
  }

  async close(): Promise<void> {
    this.#homes.clear();
    this.#order.close();
    await Promise.all(Object.values(this.#byKind).map((runtime) => runtime.close()));
  }

  #for({ version }: InstanceSpec): Runtime {
    return this.#byKind[version.workload.runtime];
  }
}
