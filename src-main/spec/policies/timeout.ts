/** The longest that a request may take, retries included. */
import { duration } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const timeoutSchema = duration.meta({
  description: 'For the whole answer, retries included; then the caller gets 504.',
});

export const timeout: PolicyInfo = {
  title: 'Timeout',
  description: 'Ends a request that takes too long.',
  fault: false,
  schema: timeoutSchema,
};
