/**
 * What a channel keeps of each second of the last fifteen minutes. Rows lie in blocks of a minute that
 * are made when they are first needed: a quiet edge costs next to nothing, a busy one some 60 KB.
 */

/** Counts of the second, and its percentiles in milliseconds. */
export interface SecondRow {
  requests: number;
  failed: number;
  failedByFault: number;
  injected: number;
  clientErrors: number;
  grpcErrors: number;
  retries: number;
  plain: number;
  /** By outcome, as `Figures.flow`. */
  flowOk: number;
  flowClientError: number;
  flowFailed: number;
  flowInjected: number;
  p50: number;
  p95: number;
  p99: number;
}

export const KEPT_SECONDS = 900;

const BLOCK = 60;
const BLOCKS = KEPT_SECONDS / BLOCK + 1;
const KEYS: readonly (keyof SecondRow)[] = [
  ...(['requests', 'failed', 'failedByFault', 'injected', 'clientErrors', 'grpcErrors'] as const),
  ...(['retries', 'plain', 'flowOk', 'flowClientError', 'flowFailed', 'flowInjected'] as const),
  ...(['p50', 'p95', 'p99'] as const),
];

interface Block {
  /** Whole minutes since 1970 that it holds. */
  minute: number;
  /** Whether there is a row for the second. */
  readonly known: Uint8Array;
  readonly values: Float32Array;
}

export class SecondLog {
  readonly #blocks: (Block | undefined)[] = [];

  /** Keeps `row` for the second `at` (since 1970, whole); one that is there already is replaced. */
  put(at: number, row: Readonly<SecondRow>): void {
    const block = this.#blockFor(Math.floor(at / BLOCK));
    const second = at % BLOCK;
    block.known[second] = 1;
    for (const [i, key] of KEYS.entries()) block.values[second * KEYS.length + i] = row[key];
  }

  /** Undefined where nothing happened in that second, or it is forgotten. */
  get(at: number): SecondRow | undefined {
    const minute = Math.floor(at / BLOCK);
    const block = this.#blocks[minute % BLOCKS];
    const second = at % BLOCK;
    if (block?.minute !== minute || block.known[second] !== 1) return undefined;
    const row: Partial<SecondRow> = {};
    for (const [i, key] of KEYS.entries()) row[key] = block.values[second * KEYS.length + i] ?? 0;
    return row as SecondRow;
  }

  /** Forgets what is later than `at`: left from before the clock was set back. */
  forgetAfter(at: number): void {
    for (const [i, block] of this.#blocks.entries()) {
      if (!block) continue;
      const first = block.minute * BLOCK;
      if (first > at) this.#blocks[i] = undefined;
      else if (first + BLOCK > at) block.known.fill(0, at - first + 1);
    }
  }

  /** The earliest second from `from` up to `end` that has a row; `end` where there is none. */
  first(from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const minute = Math.floor(at / BLOCK);
      const block = this.#blocks[minute % BLOCKS];
      if (block?.minute !== minute) at = (minute + 1) * BLOCK - 1;
      else if (block.known[at % BLOCK] === 1) return at;
    }
    return end;
  }

  #blockFor(minute: number): Block {
    const known = this.#blocks[minute % BLOCKS];
    if (known?.minute === minute) return known;
    if (known) {
      known.minute = minute;
      known.known.fill(0);
      return known;
    }
    const values = new Float32Array(BLOCK * KEYS.length);
    const block = { minute, known: new Uint8Array(BLOCK), values };
    this.#blocks[minute % BLOCKS] = block;
    return block;
  }
}
