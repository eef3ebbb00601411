/** Asks the engine every two seconds what the containers of running instances use. */
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import type { InstanceUsage, RuntimeEvents } from '../runtime.ts';
import type { EngineConnection } from './connection.ts';
import { networkOf, usageOf } from './stats.ts';
import type { NetworkSample, StatsSample } from './stats.ts';

export interface UsageWatchOptions {
  readonly clock: Clock;
  readonly events: Pick<RuntimeEvents, 'onUsage'>;
  readonly connection: EngineConnection;
}

/** What runs of an instance: its container, and its sidecar's id. */
export interface UsageTarget {
  readonly workload: Container;
  readonly sidecar: string | undefined;
}

interface Sample {
  readonly container: string;
  readonly stats: StatsSample;
  readonly network: NetworkSample;
}

interface Watched {
  readonly target: () => UsageTarget | undefined;
  before?: Sample | undefined;
  last?: InstanceUsage | undefined;
}

const INTERVAL: Milliseconds = 2_000;

export class UsageWatch {
  readonly #options: UsageWatchOptions;
  readonly #watched = new Map<string, Watched>();
  #machineMemory: Bytes | undefined;
  #timer: Timer | undefined;
  /** A slow engine is not asked twice at once. */
  #isAsking = false;
  #closed = false;

  constructor(options: UsageWatchOptions) {
    this.#options = options;
    // What was asked of an engine that has gone away is never answered.
    options.connection.onLost(() => (this.#isAsking = false));
  }

  /** `target`: undefined while nothing runs. */
  watch(id: string, target: () => UsageTarget | undefined): void {
    this.#watched.set(id, { target });
    if (!this.#timer) this.#later();
  }

  forget(id: string): void {
    this.#watched.delete(id);
  }

  /** Undefined before it was asked. */
  last(id: string): InstanceUsage | undefined {
    return this.#watched.get(id)?.last;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#watched.clear();
  }

  #later(): void {
    if (this.#closed) return;
    this.#timer = this.#options.clock.after(INTERVAL, () => {
      this.#later();
      if (this.#isAsking) return;
      this.#isAsking = true;
      void this.#ask().finally(() => (this.#isAsking = false));
    });
  }

  async #ask(): Promise<void> {
    const { connection, events } = this.#options;
    if (connection.isLost || this.#watched.size === 0) return;
    try {
      const { docker } = await connection.engine();
      this.#machineMemory ??= ((await docker.info()) as { MemTotal: number }).MemTotal;
      await Promise.all([...this.#watched.values()].map((one) => this.#askOne(docker, one)));
    } catch {
      // The engine has gone away just now: the connection says so.
      return;
    }
    const usages = [...this.#watched].flatMap(([id, { last }]) => (last ? [[id, last]] : []));
    if (!this.#closed) events.onUsage(Object.fromEntries(usages) as Record<string, InstanceUsage>);
  }

  async #askOne(docker: Docker, watched: Watched): Promise<void> {
    const target = watched.target();
    watched.last = undefined;
    if (!target) return void (watched.before = undefined);
    const now = await sampleOf(docker, target);
    const before = watched.before?.container === now?.container ? watched.before : undefined;
    watched.before = now;
    if (now) watched.last = usageBetween(now, before, this.#machineMemory ?? 0);
  }
}

/** Undefined where it has ended meanwhile. */
async function sampleOf(
  docker: Docker,
  { workload, sidecar }: UsageTarget,
): Promise<Sample | undefined> {
  const once = { stream: false, 'one-shot': true } as const;
  try {
    const [stats, network] = await Promise.all([
      workload.stats(once),
      sidecar === undefined ? {} : docker.getContainer(sidecar).stats(once),
    ]);
    return {
      container: workload.id,
      stats: stats,
      network: network,
    };
  } catch {
    return undefined;
  }
}

/** Pure. */
export function usageBetween(
  now: Sample,
  before: Sample | undefined,
  machineMemory: Bytes,
): InstanceUsage {
  const usage = usageOf(now.stats, before?.stats, machineMemory);
  if (!before) return usage;
  const seconds = (Date.parse(now.stats.read) - Date.parse(before.stats.read)) / 1000;
  return { ...usage, ...networkOf(now.network, before.network, seconds) };
}
