import { z } from 'zod';
import { circuitBreakerSchema } from '../policies/circuit-breaker.ts';
import { connectionPoolSchema } from '../policies/connection-pool.ts';
import { healthCheckSchema } from '../policies/health-check.ts';
import { loadBalancingSchema } from '../policies/load-balancing.ts';
import { outlierDetectionSchema } from '../policies/outlier-detection.ts';
import { match } from './match.ts';
import { routePolicyFields, switchable } from './route-policy.ts';
import { name } from './scalars.ts';

const trafficRoute = z
  .strictObject({
    name: name.meta({ description: 'Of the route; hops name it after the service.' }),
    match: match.optional(),
    ...switchable(routePolicyFields),
  })
  .meta({ description: 'Some of the requests; what is left out is as for the whole service.' });

export const traffic = z
  .strictObject(
    switchable({
      ...routePolicyFields,
      loadBalancing: loadBalancingSchema.optional(),
      circuitBreaker: circuitBreakerSchema.optional(),
      connectionPool: connectionPoolSchema.optional(),
      outlierDetection: outlierDetectionSchema.optional(),
      healthCheck: healthCheckSchema.optional(),
      routes: z
        .array(trafficRoute)
        .optional()
        .meta({ description: 'Requests with rules of their own; the first match wins.' }),
    }),
  )
  .meta({ description: 'How calls to this service are treated, whoever calls.' });

export type TrafficInput = z.infer<typeof traffic>;
