/** What a request must look like, once every short form is written out. */
import { z } from 'zod';

/** What a condition can be about; `path` is without the query. */
export const matchSubject = z.enum(['path', 'method', 'header', 'query', 'cookie']);

/** How a value is compared; `regex` is RE2's, for the whole value, as in Envoy. */
export const comparison = z.enum(['exact', 'prefix', 'regex', 'present', 'absent']);

/** What the three simple parts of a match cannot say. */
export const matchCondition = z.object({
  of: matchSubject,
  /** Of a header, in lower case, a query parameter or a cookie; empty for the others. */
  name: z.string(),
  by: comparison,
  /** One of them must fit; none where the name's presence is all that is asked. */
  values: z.array(z.string()),
});

/** What a request must look like; every given part must hold. */
export const requestMatch = z.object({
  /** Prefix by segment, as in Gateway API. */
  path: z.string().optional(),
  method: z.string().optional(),
  /** Lower-case name to exact value. */
  headers: z.record(z.string(), z.string()).optional(),
  conditions: z.array(matchCondition).optional(),
  /** Who asks, by the proxy at the caller's side; `gateway` has no version. */
  caller: z.object({ service: z.string(), version: z.string().optional() }).optional(),
});

export type Comparison = z.infer<typeof comparison>;
export type MatchCondition = z.infer<typeof matchCondition>;
export type RequestMatch = z.infer<typeof requestMatch>;
