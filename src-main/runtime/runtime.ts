/** What every kind of runtime (process, container, stub, …) can do with an instance. */
import type { Bytes, Milliseconds } from '../base/units.ts';
import type { InstanceSpec } from './instance.ts';

export type InstanceStatus =
  'starting' | 'ready' | 'unhealthy' | 'restarting' | 'stopped' | 'failed';

/** What faults do to an instance. */
export type InstanceSignal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';

/** What is known of a running instance; a new object with each change. */
export interface InstanceReport {
  readonly id: string;
  readonly status: InstanceStatus;
  /** Why it is not ready. */
  readonly reason?: string;
  readonly restarts: number;
  readonly pid?: number;
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where an instance is to listen and how it reaches the others. */
export interface InstanceWiring {
  /** The port its sidecar sends requests to. */
  readonly port: number;
  /** Where its sidecar takes requests for each service that it may call. */
  readonly callees: Readonly<Record<string, Address>>;
}

export interface RuntimeEvents {
  onReport(report: InstanceReport): void;
  onLog(id: string, stream: 'stdout' | 'stderr', line: string): void;
}

/** The verbs of a runtime's life with an instance, and its end. */
export interface Runtime {
  /** Finds a port for the instance. @throws Error where there is none. */
  prepare(spec: InstanceSpec): Promise<number>;
  /** Begins to run it and keeps it running; what becomes of it is reported. */
  start(spec: InstanceSpec, wiring: InstanceWiring): void;
  /** Runs it as `spec` now says, at the same port: another program, or another behaviour. */
  replace(spec: InstanceSpec, wiring: InstanceWiring): Promise<void>;
  /** Ends it and starts it anew, with the same wiring. */
  restart(id: string): Promise<void>;
  /** Sends its processes a signal. False where it has none, or the system knows no such signal. */
  signal(id: string, signal: InstanceSignal): boolean;
  /** What it holds of memory; undefined: it has no process, or the system does not tell. */
  memoryOf(id: string): Bytes | undefined;
  /**
   * Lets it have no more memory than that; undefined: as before.
   * @returns why not, or undefined
   */
  limitMemory(id: string, limit: Bytes | undefined): string | undefined;
  /**
   * Sets its clock; 0: as the machine's. Only of one that was started for it (`hasOwnClock`).
   * @returns why not, or undefined
   */
  setClock(id: string, offset: Milliseconds): string | undefined;
  /** Ends it, gently first. Resolves when it is gone. */
  stop(id: string): Promise<void>;
  /** Stops everything. */
  close(): Promise<void>;
}
