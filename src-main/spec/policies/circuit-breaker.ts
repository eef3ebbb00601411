/** How much of a service one caller may use at a time; what is above is refused at once. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { CircuitBreaker } from '../upstream.ts';
import type { PolicyInfo } from './policy.ts';

type Thresholds = Omit<CircuitBreaker, 'retryBudget'>;

/** Envoy's. */
export const DEFAULT_CIRCUIT_BREAKER: Thresholds = {
  maxConnections: 1024,
  maxPendingRequests: 1024,
  maxRequests: 1024,
  maxRetries: 3,
};

function limit(key: keyof Thresholds, least: number, description: string): z.ZodOptional<z.ZodInt> {
  const usual = DEFAULT_CIRCUIT_BREAKER[key];
  return z.int().min(least).optional().meta({ description, default: usual });
}

/** Envoy's. */
export const DEFAULT_RETRY_BUDGET = { budgetPercent: 20, minRetryConcurrency: 3 };

const retryBudget = z
  .strictObject({
    budgetPercent: percent.optional().meta({
      description: 'Of the requests under way, so many per cent may be further tries.',
      default: DEFAULT_RETRY_BUDGET.budgetPercent,
    }),
    minRetryConcurrency: z.int().min(0).optional().meta({
      description: 'So many may be in any case.',
      default: DEFAULT_RETRY_BUDGET.minRetryConcurrency,
    }),
  })
  .meta({ description: "Envoy's retry budget; counts instead of maxRetries." });

export const circuitBreakerSchema = z
  .strictObject({
    maxConnections: limit('maxConnections', 1, 'Connections; each instance may always have one.'),
    maxPendingRequests: limit('maxPendingRequests', 0, 'Requests that wait for a connection.'),
    maxRequests: limit('maxRequests', 1, 'Requests under way.'),
    maxRetries: limit('maxRetries', 0, 'Requests that are being tried again.'),
    retryBudget: retryBudget.optional(),
  })
  .meta({
    description:
      "Envoy's thresholds, of each caller's proxy and for each version; a request above them gets 503 at once.",
  });

export const circuitBreaker: PolicyInfo = {
  title: 'Circuit breaker',
  description: 'Refuses requests at once where too many are under way already.',
  fault: false,
  schema: circuitBreakerSchema,
};
