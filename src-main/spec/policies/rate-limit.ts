/** How often a service may be called: Envoy's local rate limit. */
import { z } from 'zod';
import { parseDuration } from '../../base/units.ts';
import { requestOnlyMatch } from '../schema/match.ts';
import { duration, name } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

const tokens = z.int().min(1).max(1_000_000_000);

export const rateLimitSchema = z
  .strictObject({
    name: name.meta({ description: 'Unique in the mesh; it stands in every hop that it refused.' }),
    enabled: z.boolean().optional().meta({ description: 'Whether it acts.', default: true }),
    to: z.string().meta({ description: 'The called service; each instance counts for itself.' }),
    from: z.string().optional().meta({
      description: 'The caller, or "gateway"; needs mutual TLS. Absent: all callers.',
    }),
    match: requestOnlyMatch.optional(),
    perCaller: z.boolean().optional().meta({
      description: 'Each caller has tokens of its own, instead of all together.',
      default: false,
    }),
    maxTokens: tokens.meta({ description: 'At most so many requests at once.' }),
    tokensPerFill: tokens
      .optional()
      .meta({ description: 'Requests more after each interval.', default: 1 }),
    fillInterval: duration
      .refine((text) => (parseDuration(text) ?? 0) > 0, 'expected more than nothing')
      .meta({ description: 'How often there are more.' }),
    headers: z.boolean().optional().meta({
      description: 'Answers tell in x-ratelimit-limit, -remaining and -reset how much is left.',
      default: false,
    }),
  })
  .meta({ description: "A token bucket: Envoy's local rate limit." });

export type RateLimitInput = z.infer<typeof rateLimitSchema>;

export const rateLimit: PolicyInfo = {
  title: 'Rate limit',
  description: 'Refuses what is more than so many requests in a time.',
  fault: false,
  schema: rateLimitSchema,
};
