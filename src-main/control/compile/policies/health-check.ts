/** Callers' own checks of a version's instances: their cluster's, not a route's. */
import type { CompileClusterPolicy, CompilePolicy } from './policy.ts';

export const compileHealthCheck: CompilePolicy = () => ({});

export const clusterHealthCheck: CompileClusterPolicy = ({ healthCheck }) =>
  healthCheck ? { healthCheck } : {};
