/** The choice among a version's instances: its cluster's, not a route's. */
import type { CompileClusterPolicy, CompilePolicy } from './policy.ts';

export const compileLoadBalancing: CompilePolicy = () => ({});

export const clusterLoadBalancing: CompileClusterPolicy = ({ loadBalancing }) => {
  if (!loadBalancing) return {};
  // What becomes of localities depends on who calls: `places.ts`.
  const { locality: _, ...config } = loadBalancing;
  return { loadBalancing: config };
};
