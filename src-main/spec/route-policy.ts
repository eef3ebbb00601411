/** How requests are treated on their way to a service: of all of them, or of a route of its own. */
import { z } from 'zod';
import { mirror } from './mirror.ts';
import { requestMatch } from './request-match.ts';
import { routeActions } from './route-actions.ts';
import { upstreamPolicy } from './upstream.ts';

const milliseconds = z.number().min(0);
const percent = z.number().min(0).max(100);

export const retryOn = z.enum([
  '5xx',
  'gateway-error',
  'connect-failure',
  'reset',
  'reset-before-request',
  'retriable-4xx',
  'retriable-status-codes',
  'envoy-ratelimited',
  'refused-stream',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

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
  retry: z
    .object({
      attempts: z.number().int().min(0),
      perTryTimeout: milliseconds.optional(),
      on: z.array(retryOn).min(1),
      /** For `retriable-status-codes`. */
      statusCodes: z.array(z.number().int()).exactOptional(),
      /** Absent: as Envoy does, 25 ms and 250 ms. */
      backOff: z.object({ base: milliseconds, max: milliseconds }).exactOptional(),
    })
    .optional(),
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

export type RetryOn = z.infer<typeof retryOn>;
export type RoutePolicy = z.infer<typeof routePolicy>;
export type TrafficRoute = z.infer<typeof trafficRoute>;
export type TrafficPolicy = z.infer<typeof trafficPolicy>;
