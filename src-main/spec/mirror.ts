/** What the checked mesh says of requests that are sent a second time. */
import { z } from 'zod';

export const mirror = z.object({
  /** Where shadows go; absent: to the service that was called. One of the two is there. */
  service: z.string().exactOptional(),
  /** Absent: to all of the service's instances alike. */
  version: z.string().exactOptional(),
  /** Of the requests. */
  percentage: z.number().min(0).max(100),
  /** Drawn, instead of exact. */
  random: z.boolean(),
  /** A shadow's host ends in `-shadow`. */
  hostSuffix: z.boolean(),
});

export type Mirror = z.infer<typeof mirror>;
