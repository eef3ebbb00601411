/** Which requests' messages are kept, in the checked mesh. Part of `mesh.ts`. */
import { z } from 'zod';
import { requestMatch } from './request-match.ts';

export const capture = z.object({
  /** Unique among these. */
  name: z.string(),
  enabled: z.boolean(),
  /** The caller, `gateway` included; absent: all. */
  from: z.string().exactOptional(),
  /** The called service; absent: all. */
  to: z.string().exactOptional(),
  match: requestMatch,
  /** Of the requests that match. */
  percentage: z.number().min(0).max(100),
  /** So many, and then no more; absent: as long as it stands there. */
  requests: z.number().int().min(1).exactOptional(),
  /** Of each body; what is longer is cut. */
  bodyBytes: z.number().int().min(0),
  /** Secrets are made unreadable before anything is kept. */
  masked: z.boolean(),
  /** ISO 8601; from then on it does nothing. */
  expires: z.string().exactOptional(),
});
export type Capture = z.infer<typeof capture>;
