/**
 * Runs a property on made-up inputs: two seconds' worth in `npm test`, and by hand
 *
 *   FUZZ_SECONDS=600 npm test -- fuzz             as long as that for each property
 *   FUZZ_RUNS=1000000 npm test -- test/fuzz/http1 as many inputs, and a line about time and memory
 *
 * What was found is kept as a file, `found/<target>.<what>.txt`, and tried ever after.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 0);
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 2);
/**
 * An input that takes more processor time than this (milliseconds) hangs whoever reads it. The clock
 * would also count what other programs of the machine take.
 */
const HANG = 2_000;
/** More memory than this behind a million inputs is a leak. */
const LEAK = 64 * 1024 * 1024;

/** The time limit of a test that calls `fuzz`: the runs decide, not the clock. */
export const UNTIL_DONE = { timeout: RUNS > 0 ? 24 * 3_600_000 : SECONDS * 1000 + 60_000 };

export interface FuzzOptions {
  /** Which part of FUZZ_RUNS: less for what takes milliseconds an input. Default 1. */
  readonly share?: number;
  /** Waited for now and then, where the checks leave something for the event loop to do. */
  readonly pause?: () => Promise<void>;
}

/** @throws Error with the smallest input that breaks the property, hangs, or leaks. */
export async function fuzz<T>(
  what: string,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => void,
  { share = 1, pause }: FuzzOptions = {},
): Promise<void> {
  const before = heapBytes();
  const began = performance.now();
  let runs = 0;
  const timed = (input: T): void => {
    const since = process.cpuUsage();
    check(input);
    runs++;
    const { user, system } = process.cpuUsage(since);
    const took = (user + system) / 1000;
    if (took > HANG) throw new Error(`one input took ${took.toFixed(0)} ms`);
  };
  const paused = async (input: T): Promise<void> => {
    timed(input);
    if (runs % 500 === 0) await pause?.();
  };
  const budget =
    RUNS > 0
      ? { numRuns: Math.ceil(RUNS * share) }
      : { numRuns: 1_000_000_000, interruptAfterTimeLimit: SECONDS * 1000 };
  if (pause) await fc.assert(fc.asyncProperty(inputs, paused), budget);
  else fc.assert(fc.property(inputs, timed), budget);
  if (RUNS > 0) report(what, runs, (performance.now() - began) / 1000, before);
}

/** The same for checks that wait for something, such as real sockets: a thousandth of FUZZ_RUNS. */
export async function fuzzSlowly<T>(
  what: string,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => Promise<void>,
): Promise<void> {
  const before = heapBytes();
  const began = performance.now();
  let runs = 0;
  const counted = async (input: T): Promise<void> => {
    await check(input);
    runs++;
  };
  const budget =
    RUNS > 0
      ? { numRuns: Math.ceil(RUNS / 1000) }
      : { numRuns: 1_000_000_000, interruptAfterTimeLimit: SECONDS * 1000 };
  await fc.assert(fc.asyncProperty(inputs, counted), budget);
  if (RUNS > 0) report(what, runs, (performance.now() - began) / 1000, before);
}

/** @throws Error where the heap has grown by more than a million inputs may leave behind. */
function report(what: string, runs: number, seconds: number, before: number): void {
  const after = heapBytes();
  const { rss } = process.memoryUsage();
  const [low, high, all] = [before, after, rss].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  process.stdout.write(
    `${what}: ${runs} inputs, ${seconds.toFixed(0)} s, heap ${low} → ${high} MiB, RSS ${all} MiB\n`,
  );
  if (after - before > LEAK) throw new Error(`the heap grew from ${low} to ${high} MiB`);
}

/** Inputs that once broke something, with what they are called; Latin-1. */
export function found(target: string): [name: string, text: string][] {
  const folder = join(import.meta.dirname, 'found');
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${target}.`))
    .map((file) => [file, readFileSync(join(folder, file), 'latin1')]);
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
