/** All filters that act once on a request, in the order in which they act. */
import type { RouteConfig } from '../../config.ts';
import { createAuthorization, createPathNormalization } from './authorization.ts';
import type { RateLimit } from '../../rate-limit/rate-limit.ts';
import { createDirectResponse } from './direct-response.ts';
import { createResponseHeaders } from './headers.ts';
import { createRateLimitFilter } from './rate-limit.ts';
import { createRedirect } from './redirect.ts';
import type { RequestFilter } from './request-filter.ts';

/** Undefined where the route does not ask for it. */
type Maker = (config: RouteConfig, limits: readonly RateLimit[]) => RequestFilter | undefined;

const MAKERS: Readonly<Record<string, Maker>> = {
  pathNormalization: createPathNormalization,
  authorization: createAuthorization,
  rateLimits: (_, limits) => createRateLimitFilter(limits),
  redirect: createRedirect,
  directResponse: createDirectResponse,
  responseHeaders: createResponseHeaders,
};

/** By kind, in their order. `limits`: the route's, as they run. */
export function createRequestFilters(
  config: RouteConfig,
  limits: readonly RateLimit[],
): ReadonlyMap<string, RequestFilter> {
  const filters = new Map<string, RequestFilter>();
  for (const [kind, make] of Object.entries(MAKERS)) {
    const filter = make(config, limits);
    if (filter) filters.set(kind, filter);
  }
  return filters;
}
