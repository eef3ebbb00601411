/** The document's match as the proxies have it. */
import type { RouteMatch } from '../../proxy/config.ts';
import type { RequestMatch } from '../../spec/mesh.ts';
import type { Caller } from './input.ts';

/** Undefined where the caller can send nothing that fits: who asks is known here, and not asked. */
export function routeMatch(given: RequestMatch, by: Caller): RouteMatch | undefined {
  const { caller } = given;
  if (caller && caller.service !== by.service) return undefined;
  if (caller?.version !== undefined && caller.version !== by.version) return undefined;
  return messageMatch(given);
}

/** What is asked of the request itself. */
export function messageMatch({ path, method, headers, conditions }: RequestMatch): RouteMatch {
  return {
    ...(path !== undefined && { pathPrefix: path }),
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
    ...(conditions !== undefined && { conditions }),
  };
}
