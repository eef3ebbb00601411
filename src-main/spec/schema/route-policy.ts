import { z } from 'zod';
import { directResponseSchema } from '../policies/direct-response.ts';
import { headersSchema } from '../policies/headers.ts';
import { overrideSchema } from '../policies/override.ts';
import { redirectSchema } from '../policies/redirect.ts';
import { retrySchema } from '../policies/retry.ts';
import { rewriteSchema } from '../policies/rewrite.ts';
import { splitSchema } from '../policies/split.ts';
import { timeoutSchema } from '../policies/timeout.ts';

/** What a service says of all requests to it, a route of some, and the gateway of its own. */
export const routePolicyFields = {
  split: splitSchema.optional(),
  overrides: z.array(overrideSchema).optional(),
  timeout: timeoutSchema.optional(),
  retry: retrySchema.optional(),
  requestHeaders: headersSchema.optional(),
  responseHeaders: headersSchema.optional(),
  rewrite: rewriteSchema.optional(),
  redirect: redirectSchema.optional(),
  directResponse: directResponseSchema.optional(),
};

export type RoutePolicyInput = z.infer<z.ZodObject<typeof routePolicyFields>>;
