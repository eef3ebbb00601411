/** Times that vary, in the checked mesh. */
import { z } from 'zod';
import type { Distribution } from '../base/distribution.ts';

const milliseconds = z.number().min(0);

/** How times vary; exactly one key, as in `base/distribution.ts`. */
export const distribution: z.ZodType<Distribution> = z.union([
  z.object({ uniform: z.object({ min: milliseconds, max: milliseconds }) }),
  z.object({ normal: z.object({ mean: milliseconds, deviation: milliseconds }) }),
  z.object({ logNormal: z.object({ median: milliseconds, sigma: z.number().min(0) }) }),
  z.object({ exponential: z.object({ mean: milliseconds }) }),
  z.object({
    pareto: z.object({
      scale: milliseconds,
      shape: z.number(),
      max: milliseconds.exactOptional(),
    }),
  }),
  z.object({
    recorded: z.union([
      z.object({ values: z.array(milliseconds) }),
      z.object({ percentiles: z.record(z.string(), milliseconds) }),
    ]),
  }),
]);
