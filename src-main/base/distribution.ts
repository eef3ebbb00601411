/** Times that vary: the distributions that a delay can have, drawn from a `Chance`. */
import type { Chance } from './chance.ts';
import type { Milliseconds } from './units.ts';

/** Exactly one key. Draws below 0 count as 0. */
export type Distribution =
  | { readonly uniform: { readonly min: Milliseconds; readonly max: Milliseconds } }
  | { readonly normal: { readonly mean: Milliseconds; readonly deviation: Milliseconds } }
  /** `sigma`: the deviation of the logarithm; 0.5 is a long tail, 1 a very long one. */
  | { readonly logNormal: { readonly median: Milliseconds; readonly sigma: number } }
  | { readonly exponential: { readonly mean: Milliseconds } }
  /** `scale`: the least. `shape`: the smaller, the longer the tail. Draws above `max` count as it. */
  | {
      readonly pareto: {
        readonly scale: Milliseconds;
        readonly shape: number;
        readonly max?: Milliseconds;
      };
    }
  /** As measured: each value is as likely as the others, or what lies between percentiles is. */
  | {
      readonly recorded:
        | { readonly values: readonly Milliseconds[] }
        | { readonly percentiles: Readonly<Record<string, Milliseconds>> };
    };

/** Timers of Node end some days later; nobody waits for one. */
const LONGEST: Milliseconds = 24 * 3_600_000;

/** The next time of the distribution, each time it is called. */
export type Sampler = () => Milliseconds;

export function createSampler(distribution: Distribution, chance: Chance): Sampler {
  const draw = drawOf(distribution, chance);
  return () => Math.min(LONGEST, Math.max(0, draw()));
}

function drawOf(distribution: Distribution, chance: Chance): Sampler {
  if ('uniform' in distribution) {
    const { min, max } = distribution.uniform;
    return () => min + chance.next() * (max - min);
  }
  if ('normal' in distribution) {
    const { mean, deviation } = distribution.normal;
    return () => mean + deviation * standardNormal(chance);
  }
  if ('logNormal' in distribution) {
    const { median, sigma } = distribution.logNormal;
    return () => median * Math.exp(sigma * standardNormal(chance));
  }
  if ('exponential' in distribution) {
    const { mean } = distribution.exponential;
    return () => mean * -Math.log(1 - chance.next());
  }
  if ('pareto' in distribution) {
    const { scale, shape, max = LONGEST } = distribution.pareto;
    return () => Math.min(max, scale * (1 - chance.next()) ** (-1 / shape));
  }
  const { recorded } = distribution;
  if ('values' in recorded) {
    const { values } = recorded;
    return () => values[Math.floor(chance.next() * values.length)] ?? 0;
  }
  return fromPercentiles(recorded.percentiles, chance);
}

/** Box and Muller: two draws for each number, so that a seed gives the same row whatever came before. */
function standardNormal(chance: Chance): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance.next()));
  return radius * Math.cos(2 * Math.PI * chance.next());
}

/** Between two percentiles on the straight line; below the first one as it, above the last one as it. */
function fromPercentiles(
  percentiles: Readonly<Record<string, Milliseconds>>,
  chance: Chance,
): Sampler {
  const points = percentilePoints(percentiles);
  return () => {
    const share = chance.next() * 100;
    const above = points.findIndex(({ percentile }) => percentile >= share);
    const high = points[above] ?? points.at(-1);
    const low = points[above - 1] ?? (above < 0 ? high : points[0]);
    if (!high || !low) return 0;
    const width = high.percentile - low.percentile;
    const along = width === 0 ? 0 : (share - low.percentile) / width;
    return low.time + (high.time - low.time) * along;
  };
}

interface PercentilePoint {
  readonly percentile: number;
  readonly time: Milliseconds;
}

/** `p50`, `p99.9`; in rising order. */
function percentilePoints(
  percentiles: Readonly<Record<string, Milliseconds>>,
): readonly PercentilePoint[] {
  return Object.entries(percentiles)
    .map(([name, time]) => ({ percentile: Number(name.slice(1)), time }))
    .toSorted((one, other) => one.percentile - other.percentile);
}

/** A time in the middle of the distribution, to speak of it in one number. */
export function typicalOf(distribution: Distribution): Milliseconds {
  if ('uniform' in distribution) {
    return (distribution.uniform.min + distribution.uniform.max) / 2;
  }
  if ('normal' in distribution) return distribution.normal.mean;
  if ('logNormal' in distribution) return distribution.logNormal.median;
  if ('exponential' in distribution) return distribution.exponential.mean;
  if ('pareto' in distribution) {
    const { scale, shape, max = LONGEST } = distribution.pareto;
    return Math.min(max, scale * 2 ** (1 / shape));
  }
  const { recorded } = distribution;
  // Half of the draws lie below what one half draws.
  return createSampler({ recorded: sortedOf(recorded) }, { next: () => 0.5 })();
}

type Recorded = Extract<Distribution, { recorded: unknown }>['recorded'];

function sortedOf(recorded: Recorded): Recorded {
  if (!('values' in recorded)) return recorded;
  return { values: recorded.values.toSorted((one, other) => one - other) };
}
