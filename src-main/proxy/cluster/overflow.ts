/** What a full circuit breaker says: the details of failures with the code `overflow`. */
import type { CircuitBreaker } from './circuit-breaker.ts';

export function tooManyPending({ limits }: CircuitBreaker): string {
  return `${limits.maxPendingRequests} requests wait already`;
}

export function tooManyRequests({ limits }: CircuitBreaker): string {
  return `${limits.maxRequests} requests run already`;
}

export function tooManyConnections({ limits }: CircuitBreaker): string {
  return `${limits.maxConnections} connections are open already`;
}
