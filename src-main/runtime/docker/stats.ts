/** What a container uses, from two of the engine's samples; the formulas are those of `docker stats`. Pure. */
import type { Bytes } from '../../base/units.ts';
import type { InstanceUsage } from '../runtime.ts';

/** A sample of `GET /containers/{id}/stats`, as far as it is read. Nanoseconds and bytes. */
export interface StatsSample {
  readonly read: string;
  readonly cpu_stats: {
    readonly cpu_usage: { readonly total_usage: number };
    readonly system_cpu_usage?: number;
    readonly online_cpus?: number;
  };
  readonly memory_stats: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
}

/** Of the network namespace, which is the sidecar's. */
export interface NetworkSample {
  readonly networks?: Readonly<
    Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>
  >;
}

/** `now` and `before` are some time apart; `machineMemory`: a limit at or above it is none. */
export function usageOf(
  now: StatsSample,
  before: StatsSample | undefined,
  machineMemory: Bytes,
): InstanceUsage {
  const cpu = before && cpuOf(now, before);
  const { limit } = now.memory_stats;
  return {
    memory: memoryOf(now),
    ...(cpu !== undefined && { cpu }),
    ...(limit !== undefined && limit > 0 && limit < machineMemory && { memoryLimit: limit }),
  };
}

/** Without the cache of files, which the kernel gives back as soon as it is wanted. */
export function memoryOf({ memory_stats: { usage = 0, stats = {} } }: StatsSample): Bytes {
  // By cgroups v1, then by v2.
  const cache = stats['total_inactive_file'] ?? stats['inactive_file'] ?? 0;
  return cache < usage ? usage - cache : usage;
}

/** The engine's clock, not ours: between the two samples. */
function cpuOf(now: StatsSample, before: StatsSample): number | undefined {
  const wall = (Date.parse(now.read) - Date.parse(before.read)) * 1e6;
  const used = now.cpu_stats.cpu_usage.total_usage - before.cpu_stats.cpu_usage.total_usage;
  // It was started anew in between.
  if (wall <= 0 || used < 0) return undefined;
  return (used / wall) * 100;
}

/** Bytes per second; undefined: the counters began anew. `seconds`: between the samples. */
export function networkOf(
  now: NetworkSample,
  before: NetworkSample,
  seconds: number,
): Pick<InstanceUsage, 'received' | 'sent'> {
  const received = total(now, 'rx_bytes') - total(before, 'rx_bytes');
  const sent = total(now, 'tx_bytes') - total(before, 'tx_bytes');
  if (seconds <= 0 || received < 0 || sent < 0) return {};
  return { received: received / seconds, sent: sent / seconds };
}

function total({ networks = {} }: NetworkSample, key: 'rx_bytes' | 'tx_bytes'): Bytes {
  return Object.values(networks).reduce((sum, one) => sum + one[key], 0);
}
