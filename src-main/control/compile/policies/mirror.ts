/** Where requests go a second time. */
import { mirrorTarget } from '../../../spec/policies/mirror.ts';
import { clusterName } from '../clusters.ts';
import type { CompilePolicy } from './policy.ts';

export const compileMirror: CompilePolicy = ({ mesh, callee, policy }) => {
  const target = mirrorTarget(mesh, callee, policy);
  if (!target || !policy.mirror) return {};
  const { percentage, random, hostSuffix } = policy.mirror;
  const { service, versions } = target;
  // As Istio does for a host without a subset: all instances alike, whatever the target's own split.
  const isEmpty = versions.every(({ replicas }) => replicas === 0);
  const split = versions.map(({ name, replicas }) => ({
    cluster: clusterName(service.name, name),
    weight: isEmpty || versions.length === 1 ? 1 : replicas,
  }));
  return { mirror: { percentage, random, hostSuffix, split } };
};
