/** How requests are treated on their way to a service: of all of them, or of a route of its own. */
import { z } from 'zod';
import { mirror } from './mirror.ts';
import { requestMatch } from './request-match.ts';
import { hedge, retry } from './retry.ts';
import { routeActions } from './route-actions.ts';
import { upstreamPolicy } from './upstream.ts';

const milliseconds = z.number().min(0);
const percent = z.number().min(0).max(100);

/** First match wins, before the split. */
const overrides = z.array(z.object({ match: requestMatch, version: z.string() }));

/** What a route may decide by itself; what it leaves out is as for the whole service. */
export const routePolicy = z.object({
  /** Weights in per cent by version name, 100 together; absent: all versions, equally per replica. */
  split: z.record(z.string(), percent).optional(),
  overrides: overrides.exactOptional(),
  /** Sent a second time, for nobody. */
  mirror: mirror.exactOptional(),
  timeout: milliseconds.optional(),
  /** Of anything of the request or its answer; the longest that nothing moves. */
  idleTimeout: milliseconds.exactOptional(),
  retry: retry.optional(),
  hedge: hedge.exactOptional(),
  /** Envoy's headers of the mesh's own callers count for one request. Absent: they do not. */
  callerOverrides: z.boolean().exactOptional(),
  ...routeActions,
});

/** Some of the requests to a service, treated in a way of their own. */
export const trafficRoute = z.object({
  /** Unique among the service's routes; hops name it `service/route`. */
  name: z.string(),
  match: requestMatch,
  policy: routePolicy,
});

/** How calls to one service are treated, whoever calls. */
export const trafficPolicy = routePolicy.extend({
  ...upstreamPolicy.shape,
  overrides,
  /** First match wins; what none matches goes by the rest of the policy. */
  routes: z.array(trafficRoute).optional(),
});

export type RoutePolicy = z.infer<typeof routePolicy>;
export type TrafficRoute = z.infer<typeof trafficRoute>;
export type TrafficPolicy = z.infer<typeof trafficPolicy>;
