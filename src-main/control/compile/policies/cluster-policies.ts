/** What decides the clusters of a service's versions. */
import { clusterCircuitBreaker } from './circuit-breaker.ts';
import { clusterConnectionPool } from './connection-pool.ts';
import { clusterHealthCheck } from './health-check.ts';
import { clusterLoadBalancing } from './load-balancing.ts';
import { clusterOutlierDetection } from './outlier-detection.ts';
import type { CompileClusterPolicy } from './policy.ts';

export const CLUSTER_POLICIES: readonly CompileClusterPolicy[] = [
  clusterLoadBalancing,
  clusterCircuitBreaker,
  clusterConnectionPool,
  clusterOutlierDetection,
  clusterHealthCheck,
];
