/** Figures of a service and its versions, over all who call it. Pure. */
import type { EdgeState, Figures } from '../../src-main/api/contract/index.ts';
import { totalOf } from '../topology/model/totals.ts';
import type { Totals } from '../topology/model/totals.ts';

/** What flows to a service, by caller. */
export function edgesTo(edges: Readonly<Record<string, EdgeState>>, service: string): EdgeState[] {
  return Object.values(edges).filter(({ to }) => to === service);
}

/** By version of the service; a version that nobody calls is not named. */
export function totalsByVersion(edges: readonly EdgeState[]): Record<string, Totals> {
  const all = new Map<string, Figures[]>();
  for (const { versions } of edges) {
    for (const [version, figures] of Object.entries(versions)) {
      all.set(version, [...(all.get(version) ?? []), figures]);
    }
  }
  return Object.fromEntries([...all].map(([version, figures]) => [version, totalOf(figures)]));
}
