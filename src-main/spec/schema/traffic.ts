import { z } from 'zod';
import { circuitBreakerSchema } from '../policies/circuit-breaker.ts';
import { connectionPoolSchema } from '../policies/connection-pool.ts';
import { loadBalancingSchema } from '../policies/load-balancing.ts';
import { overrideSchema } from '../policies/override.ts';
import { retrySchema } from '../policies/retry.ts';
import { splitSchema } from '../policies/split.ts';
import { timeoutSchema } from '../policies/timeout.ts';

export const traffic = z
  .strictObject({
    split: splitSchema.optional(),
    overrides: z.array(overrideSchema).optional(),
    timeout: timeoutSchema.optional(),
    retry: retrySchema.optional(),
    loadBalancing: loadBalancingSchema.optional(),
    circuitBreaker: circuitBreakerSchema.optional(),
    connectionPool: connectionPoolSchema.optional(),
  })
  .meta({ description: 'How calls to this service are treated, whoever calls.' });
