/** A canary rollout: asked for, and as it goes. */
import { z } from 'zod';

const percent = z.number().min(0).max(100);

export const rolloutPlan = z.object({
  service: z.string(),
  /** Whose share moves; the others keep their proportions. */
  version: z.string(),
  /** Per cent at a time. */
  step: z.number().min(1).max(100),
  /** Milliseconds between two steps. */
  interval: z.number().min(100).max(86_400_000),
  /** Per cent at which it is complete; below the share of now, the version is taken out. */
  until: percent,
  /** It is rolled back where more per cent of the version's answers fail; absent: never. */
  maxErrors: percent.exactOptional(),
  /** It is rolled back where the version's p95 is longer, in milliseconds; absent: never. */
  maxLatency: z.number().min(1).max(86_400_000).exactOptional(),
});
export type RolloutPlan = z.infer<typeof rolloutPlan>;

export const rolloutView = rolloutPlan.extend({
  /** Per cent now, and when it began. */
  share: percent,
  began: percent,
  status: z.enum(['running', 'paused', 'done', 'stopped', 'rolledBack']),
  /** When the next step is due, in milliseconds since 1970; only while it runs. */
  next: z.number().exactOptional(),
  /** Why it is over. */
  reason: z.string().exactOptional(),
});
export type RolloutView = z.infer<typeof rolloutView>;
