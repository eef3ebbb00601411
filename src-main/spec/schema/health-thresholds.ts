import { z } from 'zod';
import { percent } from './scalars.ts';

const pair = (degraded: number, failing: number) =>
  z
    .strictObject({
      degraded: percent
        .optional()
        .meta({ description: 'Above this share it is degraded, in per cent.', default: degraded }),
      failing: percent
        .optional()
        .meta({ description: 'From this share on it is failing, in per cent.', default: failing }),
    })
    .refine(
      (given) => (given.degraded ?? degraded) <= (given.failing ?? failing),
      `expected "degraded" (${degraded} where it is left out) to be at most "failing" (${failing})`,
    );

/** Kiali's, which it takes from an annotation. */
export const healthThresholds = z
  .strictObject({
    serverErrors: pair(0, 10)
      .optional()
      .meta({ description: 'For answers 5xx, and for none at all.' }),
    clientErrors: pair(10, 20).optional().meta({ description: 'For answers 4xx.' }),
    grpcErrors: pair(0, 10).optional().meta({ description: 'For gRPC statuses other than OK.' }),
  })
  .meta({ description: 'Which share of errors the app shows as degraded, and as failing.' });

export type HealthThresholdsInput = z.infer<typeof healthThresholds>;
