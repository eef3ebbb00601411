/** Another try beside the one that takes long; the first good answer wins. */
import { z } from 'zod';
import { duration } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const hedgeSchema = z
  .strictObject({
    after: duration
      .optional()
      .meta({ description: 'So long after the request is whole, another try starts beside it.' }),
    attempts: z
      .int()
      .min(1)
      .max(5, 'expected at most 5')
      .optional()
      .meta({ description: 'Tries started so, each after another "after".', default: 1 }),
    onPerTryTimeout: z.boolean().optional().meta({
      description:
        "A try that is over its perTryTimeout goes on, and the retry starts beside it (Envoy's hedge_on_per_try_timeout).",
      default: false,
    }),
  })
  .refine(
    ({ after, onPerTryTimeout }) => after !== undefined || onPerTryTimeout === true,
    'expected "after" or "onPerTryTimeout: true"',
  )
  .refine(
    ({ after, attempts }) => after !== undefined || attempts === undefined,
    '"attempts" goes with "after"; of onPerTryTimeout they are the retry\'s',
  )
  .meta({
    description:
      'Tries beside each other; the first good answer wins. Only for what may be done twice.',
  });

export const hedge: PolicyInfo = {
  title: 'Hedging',
  description: 'Starts another try beside the one that takes long; the first good answer wins.',
  fault: false,
  schema: hedgeSchema,
};
