/** Stands where an engine for containers is missing: what would run in one says so, and fails. */
import type { InstanceSpec } from './instance.ts';
import type { InstanceWiring, Runtime, RuntimeEvents } from './runtime.ts';

const REASON = 'containers cannot be run yet: give the service a "command" and "runtime: process"';

export class NoContainers implements Runtime {
  readonly #events: RuntimeEvents;

  constructor({ events }: { readonly events: RuntimeEvents }) {
    this.#events = events;
  }

  prepare({ version }: InstanceSpec): Promise<number> {
    return Promise.resolve(version.port);
  }

  start({ id }: InstanceSpec): void {
    this.#events.onReport({ id, status: 'failed', reason: REASON, restarts: 0 });
  }

  replace(spec: InstanceSpec, _wiring: InstanceWiring): Promise<void> {
    this.start(spec);
    return Promise.resolve();
  }

  restart(): Promise<void> {
    return Promise.resolve();
  }

  signal(): boolean {
    return false;
  }

  memoryOf(): undefined {
    return undefined;
  }

  limitMemory(): string {
    return REASON;
  }

  limitCpu(): string {
    return REASON;
  }

  setClock(): string {
    return REASON;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
