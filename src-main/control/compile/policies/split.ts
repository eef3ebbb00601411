/** Weighted split between versions; without one, each version counts by its replicas. */
import { clusterName } from '../clusters.ts';
import type { CompilePolicy } from './policy.ts';

export const compileSplit: CompilePolicy = ({ callee, policy }) => {
  const given = policy.split;
  const split = callee.versions.map(({ name, replicas }) => ({
    cluster: clusterName(callee.name, name),
    weight: given ? (given[name] ?? 0) : replicas,
  }));
  // A service that is scaled to nothing still has its routes: they answer that no instance is ready.
  if (split.every(({ weight }) => weight === 0)) {
    return { split: split.map((entry) => ({ ...entry, weight: 1 })) };
  }
  return { split };
};
