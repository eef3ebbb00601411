/** How much of a service one caller may use at a time; what is above is refused at once. */
import { z } from 'zod';
import type { CircuitBreaker } from '../upstream.ts';
import type { PolicyInfo } from './policy.ts';

/** Envoy's. */
export const DEFAULT_CIRCUIT_BREAKER: CircuitBreaker = {
  maxConnections: 1024,
  maxPendingRequests: 1024,
  maxRequests: 1024,
  maxRetries: 3,
};

function limit(
  key: keyof CircuitBreaker,
  least: number,
  description: string,
): z.ZodOptional<z.ZodInt> {
  const usual = DEFAULT_CIRCUIT_BREAKER[key];
  return z.int().min(least).optional().meta({ description, default: usual });
}

export const circuitBreakerSchema = z
  .strictObject({
    maxConnections: limit('maxConnections', 1, 'Connections; each instance may always have one.'),
    maxPendingRequests: limit('maxPendingRequests', 0, 'Requests that wait for a connection.'),
    maxRequests: limit('maxRequests', 1, 'Requests under way.'),
    maxRetries: limit('maxRetries', 0, 'Requests that are being tried again.'),
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
