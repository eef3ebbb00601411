/** The document's match as the proxies have it. */
import type { RouteMatch } from '../../proxy/config.ts';
import type { RequestMatch } from '../../spec/mesh.ts';

export function routeMatch({ path, method, headers }: RequestMatch): RouteMatch {
  return {
    ...(path !== undefined && { pathPrefix: path }),
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
  };
}
