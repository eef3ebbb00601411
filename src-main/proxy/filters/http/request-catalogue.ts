/** All filters that act once on a request, in the order in which they act. */
import type { RouteConfig } from '../../config.ts';
import { createAuthorization, createPathNormalization } from './authorization.ts';
import type { RequestFilter } from './request-filter.ts';

/** One maker for each kind; undefined where the route does not ask for it. */
const MAKERS: readonly ((config: RouteConfig) => RequestFilter | undefined)[] = [
  createPathNormalization,
  createAuthorization,
];

export function createRequestFilters(config: RouteConfig): RequestFilter[] {
  return MAKERS.map((make) => make(config)).filter((filter) => filter !== undefined);
}
