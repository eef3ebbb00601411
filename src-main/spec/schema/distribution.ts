import { z } from 'zod';
import { duration } from './scalars.ts';

const positive = z.number().gt(0, 'expected a number above 0').max(100);

const PERCENTILE = /^p(\d{1,2}(\.\d+)?|100)$/;

const recorded = z.union([
  z.strictObject({
    values: z.array(duration).min(1).max(10_000).meta({ description: 'Each is as likely.' }),
  }),
  z.strictObject({
    percentiles: z
      .record(z.string().regex(PERCENTILE, 'expected a percentile, such as "p99.9"'), duration)
      .refine((given) => Object.keys(given).length > 0, 'expected at least one percentile')
      .meta({ description: 'Such as p50: 20ms, p99: 200ms; straight lines lie between them.' }),
  }),
]);

/** How a time varies: one key, with the names of `base/distribution.ts`. */
export const distribution = z
  .union([
    z.strictObject({ uniform: z.strictObject({ min: duration, max: duration }) }),
    z.strictObject({ normal: z.strictObject({ mean: duration, deviation: duration }) }),
    z.strictObject({ logNormal: z.strictObject({ median: duration, sigma: positive }) }),
    z.strictObject({ exponential: z.strictObject({ mean: duration }) }),
    z.strictObject({
      pareto: z.strictObject({ scale: duration, shape: positive, max: duration.optional() }),
    }),
    z.strictObject({ recorded }),
  ])
  .meta({ description: 'How a time varies.' });

export type DistributionInput = z.infer<typeof distribution>;
