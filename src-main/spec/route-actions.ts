/** What a route does with a request's and an answer's head, or instead of sending the request on. */
import { z } from 'zod';

const headerMap = z.record(z.string(), z.string());

/** Names in lower case. Removed first, then set, then added. */
export const headerOperations = z.object({
  add: headerMap.exactOptional(),
  set: headerMap.exactOptional(),
  remove: z.array(z.string()).exactOptional(),
});

/** The path by one of the three ways at most. */
export const rewrite = z.object({
  /** The whole path; the query stays. */
  path: z.string().exactOptional(),
  /** In place of the prefix that the route matched by, by segment. */
  prefix: z.string().exactOptional(),
  /** RE2; `substitution` with `\1` for what the first group found. */
  regex: z.object({ pattern: z.string(), substitution: z.string() }).exactOptional(),
  /** With a port or without. */
  host: z.string().exactOptional(),
});

export const redirect = z.object({
  scheme: z.enum(['http', 'https']).exactOptional(),
  host: z.string().exactOptional(),
  port: z.number().int().min(1).max(65535).exactOptional(),
  path: z.string().exactOptional(),
  prefix: z.string().exactOptional(),
  code: z.number().int(),
});

export const directResponse = z.object({
  status: z.number().int().min(200).max(599),
  headers: headerMap.exactOptional(),
  body: z.string().exactOptional(),
});

/** Each absent: nothing of the kind. */
export const routeActions = {
  requestHeaders: headerOperations.exactOptional(),
  responseHeaders: headerOperations.exactOptional(),
  rewrite: rewrite.exactOptional(),
  redirect: redirect.exactOptional(),
  directResponse: directResponse.exactOptional(),
};

export type HeaderOperations = z.infer<typeof headerOperations>;
export type Rewrite = z.infer<typeof rewrite>;
export type Redirect = z.infer<typeof redirect>;
export type DirectResponse = z.infer<typeof directResponse>;
