/**
 * Durations in buckets whose width grows with the value (log-linear, as HdrHistogram): fixed memory,
 * mergeable, and no percentile is off by more than 1.6 %.
 */

/** Buckets per doubling, as a power of two. */
const SUB_BITS = 5;
const SUB = 1 << SUB_BITS;
/** 2^26 µs is 67 s; longer is counted as that. */
const TOP_BIT = 26;
const BUCKETS = (TOP_BIT - SUB_BITS + 1) * SUB + SUB;

export class LogHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** `ms`: 0 or more; kept in whole microseconds. */
  record(ms: number): void {
    const at = bucketOf(Math.round(ms * 1000));
    this.#counts[at] = (this.#counts[at] as number) + 1;
    this.#total++;
  }

  add(other: LogHistogram): void {
    if (other.#total === 0) return;
    for (let i = 0; i < BUCKETS; i++) {
      this.#counts[i] = (this.#counts[i] as number) + (other.#counts[i] as number);
    }
    this.#total += other.#total;
  }

  clear(): void {
    if (this.#total === 0) return;
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** The value below which `share` (0 to 1) of the durations lie, in milliseconds; 0 where empty. */
  percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#total));
    let seen = 0;
    for (let i = 0; i < BUCKETS; i++) {
      seen += this.#counts[i] as number;
      if (seen >= rank && this.#total > 0) return middleOf(i) / 1000;
    }
    return 0;
  }
}

function bucketOf(micros: number): number {
  if (micros < SUB) return Math.max(0, micros);
  const top = Math.min(TOP_BIT, 31 - Math.clz32(micros));
  const shift = top - SUB_BITS;
  const within = Math.min(SUB - 1, (micros >>> shift) - SUB);
  return (shift + 1) * SUB + within;
}

function middleOf(bucket: number): number {
  if (bucket < SUB) return bucket;
  const shift = (bucket >> SUB_BITS) - 1;
  const from = (SUB + (bucket & (SUB - 1))) * 2 ** shift;
  return from + (2 ** shift - 1) / 2;
}
