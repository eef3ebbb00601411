/** The longest that a request and its answer may stand still. */
import { parseDuration } from '../../base/units.ts';
import { duration } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const idleTimeoutSchema = duration
  .refine((text) => parseDuration(text) !== 0, 'expected more than 0')
  .meta({
    description:
      "No byte of the request or its answer moves for so long: 408 or 504, in mid-answer a reset (Envoy's idle_timeout).",
  });

export const idleTimeout: PolicyInfo = {
  title: 'Idle timeout',
  description: 'Ends a request of which nothing moves any more.',
  fault: false,
  schema: idleTimeoutSchema,
};
