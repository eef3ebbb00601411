/** How much of a version a caller may use at a time: its cluster's, not a route's. */
import type { CompileClusterPolicy, CompilePolicy } from './policy.ts';

export const compileCircuitBreaker: CompilePolicy = () => ({});

export const clusterCircuitBreaker: CompileClusterPolicy = ({ circuitBreaker }) =>
  circuitBreaker ? { circuitBreaker } : {};
