import { z } from 'zod';
import { callerOverridesSchema } from '../policies/caller-overrides.ts';
import { directResponseSchema } from '../policies/direct-response.ts';
import { headersSchema } from '../policies/headers.ts';
import { mirrorSchema } from '../policies/mirror.ts';
import { hedgeSchema } from '../policies/hedge.ts';
import { idleTimeoutSchema } from '../policies/idle-timeout.ts';
import { overrideSchema } from '../policies/override.ts';
import { redirectSchema } from '../policies/redirect.ts';
import { retrySchema } from '../policies/retry.ts';
import { rewriteSchema } from '../policies/rewrite.ts';
import { splitSchema } from '../policies/split.ts';
import { timeoutSchema } from '../policies/timeout.ts';

/**
 * Fields of which each can be switched off where it stands: `disabled: [retry]`. What is off is
 * checked for its shape alone, and means nothing.
 */
export function switchable<T extends Readonly<Record<string, z.ZodType>>>(
  fields: T,
): T & { disabled: z.ZodOptional<z.ZodArray<z.ZodEnum<{ [K in keyof T & string]: K }>>> } {
  const keys = Object.keys(fields) as (keyof T & string)[];
  const disabled = z
    .array(z.enum(keys))
    .min(1)
    .optional()
    .meta({ description: 'Keys beside this one that are switched off: they mean nothing.' });
  return { ...fields, disabled };
}

/** What a service says of all requests to it, a route of some, and the gateway of its own. */
export const routePolicyFields = {
  split: splitSchema.optional(),
  overrides: z.array(overrideSchema).optional(),
  mirror: mirrorSchema.optional(),
  timeout: timeoutSchema.optional(),
  idleTimeout: idleTimeoutSchema.optional(),
  retry: retrySchema.optional(),
  hedge: hedgeSchema.optional(),
  callerOverrides: callerOverridesSchema.optional(),
  requestHeaders: headersSchema.optional(),
  responseHeaders: headersSchema.optional(),
  rewrite: rewriteSchema.optional(),
  redirect: redirectSchema.optional(),
  directResponse: directResponseSchema.optional(),
};

export type RoutePolicyInput = z.infer<z.ZodObject<typeof routePolicyFields>> & {
  disabled?: readonly string[] | undefined;
};
