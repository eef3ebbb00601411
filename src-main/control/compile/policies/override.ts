/** Requests that a match sends to one version, whatever the split says. */
import { clusterName } from '../clusters.ts';
import { routeMatch } from '../match.ts';
import type { CompilePolicy } from './policy.ts';

export const compileOverride: CompilePolicy = ({ caller, callee, policy }) => ({
  overrides: (policy.overrides ?? []).flatMap((override) => {
    const match = routeMatch(override.match, caller);
    return match ? [{ match, cluster: clusterName(callee.name, override.version) }] : [];
  }),
});
