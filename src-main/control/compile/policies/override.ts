/** Requests that a match sends to one version, whatever the split says. */
import { clusterName } from '../clusters.ts';
import { routeMatch } from '../match.ts';
import type { CompilePolicy } from './policy.ts';

export const compileOverride: CompilePolicy = ({ callee, traffic }) => ({
  overrides: (traffic?.overrides ?? []).map(({ match, version }) => ({
    match: routeMatch(match),
    cluster: clusterName(callee.name, version),
  })),
});
