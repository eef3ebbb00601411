/** Further tries after a failed one. */
import { z } from 'zod';
import { parseDuration } from '../../base/units.ts';
import { retryOn } from '../mesh.ts';
import type { RetryOn } from '../mesh.ts';
import { duration } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

/** Istio's default set, without what needs HTTP/2. */
export const DEFAULT_RETRY_ON: RetryOn[] = ['gateway-error', 'connect-failure', 'refused-stream'];

export const retrySchema = z
  .strictObject({
    attempts: z.int().min(0).max(20).meta({ description: 'Tries after the first.' }),
    perTryTimeout: duration.optional().meta({ description: 'For each try by itself.' }),
    on: z.array(retryOn).min(1).optional().meta({
      description: "What is worth another try, in Envoy's words.",
      default: DEFAULT_RETRY_ON,
    }),
    statusCodes: z
      .array(z.int().min(200, 'expected a status').max(599, 'expected a status'))
      .min(1)
      .optional()
      .meta({ description: 'What retriable-status-codes means.' }),
    backOff: z
      .strictObject({
        base: duration.meta({
          description: 'Before the first further try, at most; then doubled.',
        }),
        max: duration.optional().meta({ description: 'Never longer; default ten times the base.' }),
      })
      .refine(
        ({ base, max = base }) => (parseDuration(max) ?? 0) >= (parseDuration(base) ?? 0),
        'expected a "max" that is not below "base"',
      )
      .optional()
      .meta({ description: 'The wait between two tries, with full jitter; default 25ms, 250ms.' }),
  })
  .refine(
    ({ on = [], statusCodes }) =>
      !on.includes('retriable-status-codes') || statusCodes !== undefined,
    'retriable-status-codes needs "statusCodes"',
  )
  .meta({ description: 'Another try, on another instance where there is one.' });

export const retry: PolicyInfo = {
  title: 'Retry',
  description: 'Tries again when a request failed.',
  fault: false,
  schema: retrySchema,
};
