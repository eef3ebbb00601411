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

const MAKERS: readonly Maker[] = [
  createPathNormalization,
  createAuthorization,
  (_, limits) => createRateLimitFilter(limits),
  createRedirect,
  createDirectResponse,
  createResponseHeaders,
];

/** `limits`: the route's, as they run. */
export function createRequestFilters(
  config: RouteConfig,
  limits: readonly RateLimit[],
): RequestFilter[] {
  return MAKERS.map((make) => make(config, limits)).filter((filter) => filter !== undefined);
}
