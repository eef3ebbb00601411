/** What one load on one peer brought. */
export interface Measured {
  /** Per second: of requests, of messages or of handshakes. */
  readonly throughput: number;
  /** Milliseconds; absent where the tool does not tell. */
  readonly p50?: number;
  readonly p99?: number;
  /** How many were done. */
  readonly requests: number;
  /** Bytes of memory for each idle connection, where those are what is measured. */
  readonly memory?: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The value that this share (0 to 1) of the sorted values stays below. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
