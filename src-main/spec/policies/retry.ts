/** Further tries after a failed one. */
import { z } from 'zod';
import { parseDuration } from '../../base/units.ts';
import { retryOn } from '../mesh.ts';
import type { RetryOn } from '../mesh.ts';
import { valueMatch } from '../schema/match.ts';
import { duration, headerName } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

/** Istio's default set, without what needs HTTP/2. */
export const DEFAULT_RETRY_ON: RetryOn[] = ['gateway-error', 'connect-failure', 'refused-stream'];

/** Envoy's, in milliseconds. */
export const LONGEST_RATE_LIMITED_BACK_OFF = 300_000;

const MiB = 1024 * 1024;

const backOff = z
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
  .meta({ description: 'The wait between two tries, with full jitter; default 25ms, 250ms.' });

const rateLimitedBackOff = z
  .strictObject({
    resetHeaders: z
      .record(headerName, z.enum(['seconds', 'unixTimestamp']))
      .refine((given) => Object.keys(given).length > 0, 'expected at least one header')
      .meta({ description: 'Headers of the answer that say when to come back, and how.' }),
    max: duration
      .optional()
      .meta({ description: 'A header that says more is not believed.', default: '5m' }),
  })
  .meta({ description: 'The wait where the answer says itself when to come back.' });

export const retrySchema = z
  .strictObject({
    attempts: z.int().min(0).max(20).meta({ description: 'Tries after the first.' }),
    perTryTimeout: duration.optional().meta({
      description: "For each try by itself, from the request's end to the answer's head.",
    }),
    perTryIdleTimeout: duration.optional().meta({
      description: 'A try of which no byte moves for so long has failed, its answer included.',
    }),
    on: z.array(retryOn).min(1).optional().meta({
      description: "What is worth another try, in Envoy's words.",
      default: DEFAULT_RETRY_ON,
    }),
    statusCodes: z
      .array(z.int().min(200, 'expected a status').max(599, 'expected a status'))
      .min(1)
      .optional()
      .meta({ description: 'What retriable-status-codes means.' }),
    headers: z
      .record(headerName, valueMatch)
      .refine((given) => Object.keys(given).length > 0, 'expected at least one header')
      .optional()
      .meta({ description: 'What retriable-headers means: one of them in the answer.' }),
    backOff: backOff.optional(),
    rateLimitedBackOff: rateLimitedBackOff.optional(),
    bufferBytes: z
      .int()
      .min(0)
      .max(64 * MiB, 'expected at most 67108864 (64 MiB)')
      .optional()
      .meta({
        description: 'A body that is larger is sent once, and not tried again.',
        default: 256 * 1024,
      }),
    ignorePreviousHosts: z.boolean().optional().meta({
      description: 'Not to an instance that was tried before, where there is another one.',
      default: true,
    }),
  })
  .refine(
    ({ on = [], statusCodes }) =>
      !on.includes('retriable-status-codes') || statusCodes !== undefined,
    'retriable-status-codes needs "statusCodes"',
  )
  .refine(
    ({ on = [], headers }) => !on.includes('retriable-headers') || headers !== undefined,
    'retriable-headers needs "headers"',
  )
  .meta({ description: 'Another try, on another instance where there is one.' });

export const retry: PolicyInfo = {
  title: 'Retry',
  description: 'Tries again when a request failed.',
  fault: false,
  schema: retrySchema,
};
