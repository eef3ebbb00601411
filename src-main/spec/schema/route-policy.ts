import { z } from 'zod';
import { overrideSchema } from '../policies/override.ts';
import { retrySchema } from '../policies/retry.ts';
import { splitSchema } from '../policies/split.ts';
import { timeoutSchema } from '../policies/timeout.ts';

/** What a service says of all requests to it, a route of some, and the gateway of its own. */
export const routePolicyFields = {
  split: splitSchema.optional(),
  overrides: z.array(overrideSchema).optional(),
  timeout: timeoutSchema.optional(),
  retry: retrySchema.optional(),
};

export type RoutePolicyInput = z.infer<z.ZodObject<typeof routePolicyFields>>;
