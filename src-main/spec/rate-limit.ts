/** How often a service may be called, in the checked mesh. */
import { z } from 'zod';

/** All but the match. */
export const rateLimitFields = {
  /** Unique in the mesh. */
  name: z.string(),
  /** Absent: it acts. */
  enabled: z.literal(false).exactOptional(),
  to: z.string(),
  /** The caller, `gateway` included; absent: all of them. */
  from: z.string().exactOptional(),
  /** Each caller has tokens of its own. */
  perCaller: z.boolean(),
  maxTokens: z.number().int().min(1),
  tokensPerFill: z.number().int().min(1),
  /** Milliseconds. */
  fillInterval: z.number().positive(),
  /** Answers tell how much is left. */
  headers: z.boolean(),
};
