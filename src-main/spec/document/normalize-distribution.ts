/** A distribution of the document in milliseconds. */
import type { Distribution } from '../../base/distribution.ts';
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { DistributionInput } from '../schema/distribution.ts';

/** A text is a time that does not vary. */
export function normalizeDistribution(input: string | DistributionInput): Distribution {
  if (typeof input === 'string') return { uniform: { min: ms(input), max: ms(input) } };
  if ('uniform' in input) {
    const { min, max } = input.uniform;
    return { uniform: { min: ms(min), max: ms(max) } };
  }
  if ('normal' in input) {
    const { mean, deviation } = input.normal;
    return { normal: { mean: ms(mean), deviation: ms(deviation) } };
  }
  if ('logNormal' in input) {
    const { median, sigma } = input.logNormal;
    return { logNormal: { median: ms(median), sigma } };
  }
  if ('exponential' in input) return { exponential: { mean: ms(input.exponential.mean) } };
  if ('pareto' in input) {
    const { scale, shape, max } = input.pareto;
    return { pareto: { scale: ms(scale), shape, ...(max !== undefined && { max: ms(max) }) } };
  }
  const { recorded } = input;
  if ('values' in recorded) return { recorded: { values: recorded.values.map(ms) } };
  const { percentiles } = recorded;
  return {
    recorded: {
      percentiles: Object.fromEntries(
        Object.entries(percentiles).map(([key, value]) => [key, ms(value)]),
      ),
    },
  };
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
