/** What every kind of runtime (process, container, stub, …) can do with an instance. */
import type { Bytes, Milliseconds, Percent } from '../base/units.ts';
import type { Pod } from './docker/pod.ts';
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
  /** Of one that has ended, and is not started again by itself. */
  readonly exitCode?: number;
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

/** What an instance uses of its machine. */
export interface InstanceUsage {
  /** Per cent of one core: 150 is one core and a half. Absent: not known yet. */
  readonly cpu?: number;
  readonly memory: Bytes;
  /** Absent: none. */
  readonly memoryLimit?: Bytes;
  /** Bytes per second. Absent: not known yet. */
  readonly received?: number;
  readonly sent?: number;
}

export interface RuntimeEvents {
  onReport(report: InstanceReport): void;
  onLog(id: string, stream: 'stdout' | 'stderr', line: string): void;
  /** Something for the timeline. `subject`: the instance that it speaks of. */
  onEvent(severity: 'info' | 'warning' | 'error', message: string, subject?: string): void;
  /** All that is known of it now, by instance; nothing of those that are not named. */
  onUsage(usages: Readonly<Record<string, InstanceUsage>>): void;
  /**
   * The sidecar of an instance runs in this pod, beside a workload that is to listen at `port`. Resolves
   * when it has its configuration, and names and rules are laid: the workload may be started then.
   * @throws Error that says why it has not
   */
  onPod(id: string, pod: Pod, port: number): Promise<void>;
  /** The pod is gone, or about to be. */
  onPodGone(id: string): void;
}

/** What befalls an instance from outside of its program; all of it at once, absent: as it is by itself. */
export interface Disturbance {
  /** Of packets that leave its pod. */
  readonly packets?: PacketShape;
  /** Services whose packets get through in neither direction, `gateway` included; `all`: anybody's. */
  readonly cutOff?: 'all' | readonly string[];
  /** Folders that are full; `all`: each tmpfs that has a size. */
  readonly fullDisks?: 'all' | readonly string[];
}

/** As `tc netem` has it. */
export interface PacketShape {
  readonly delay: Milliseconds;
  readonly jitter: Milliseconds;
  /** Of the packets. */
  readonly loss: Percent;
  /** Of the packets: sent at once, past those that are late. */
  readonly reorder: Percent;
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
  /**
   * Sends its processes a signal. False where it has none, or the system knows no such signal. As with
   * all that follows: what a container engine cannot do turns out later, and is an event.
   */
  signal(id: string, signal: InstanceSignal): boolean;
  /** What it holds of memory; undefined: it has no process, or the system does not tell. */
  memoryOf(id: string): Bytes | undefined;
  /**
   * Lets it have no more memory than that; undefined: as before.
   * @returns why not, or undefined
   */
  limitMemory(id: string, limit: Bytes | undefined): string | undefined;
  /**
   * Lets it have no more than that share of the processors that it may have otherwise; undefined: as
   * before.
   * @returns why not, or undefined
   */
  limitCpu(id: string, share: Percent | undefined): string | undefined;
  /**
   * Sets its clock; 0: as the machine's. Only of one that was started for it (`hasOwnClock`).
   * @returns why not, or undefined
   */
  setClock(id: string, offset: Milliseconds): string | undefined;
  /**
   * Lets just this befall it, and nothing of what was said before.
   * @returns why not, or undefined
   */
  disturb(id: string, disturbance: Disturbance): string | undefined;
  /** Ends it, gently first. Resolves when it is gone. */
  stop(id: string): Promise<void>;
  /** Stops everything. */
  close(): Promise<void>;
}

/** Of an instance that shares the network and the disks of its machine. */
export function whyNotDisturbed(disturbance: Disturbance): string | undefined {
  if (Object.keys(disturbance).length === 0) return undefined;
  return 'only a container has a network and disks of its own';
}
