/** Whether a caller may say for one request how long and how often it is tried. */
import { z } from 'zod';
import type { PolicyInfo } from './policy.ts';

export const callerOverridesSchema = z.boolean().meta({
  description:
    "The mesh's own callers may set timeouts and retries of a request by Envoy's headers (x-envoy-max-retries, …).",
  default: false,
});

export const callerOverrides: PolicyInfo = {
  title: 'Caller overrides',
  description: "Lets the mesh's own callers set timeouts and retries by headers.",
  fault: false,
  schema: callerOverridesSchema,
};
