/** What rollouts see of the mesh, and how they change it. */
import type { EdgeState } from '../api/contract/index.ts';
import type { Percent } from '../base/units.ts';
import type { RolloutOptions } from '../experiments/rollouts.ts';
import { defaultSplit } from '../spec/split-shares.ts';
import type { DocumentStore } from './document/document-store.ts';

export function rolloutSplits(document: DocumentStore): Pick<RolloutOptions, 'split' | 'edit'> {
  return {
    split: (name) => {
      const { services, traffic } = document.mesh;
      const service = services.find((one) => one.name === name);
      if (!service) return undefined;
      const written = traffic[name]?.split;
      const usual = defaultSplit(service.versions);
      const none = Object.fromEntries(service.versions.map((version) => [version.name, 0]));
      return { written, acting: written ? { ...none, ...written } : usual };
    },
    edit: async (service, split) => {
      await document.edit('newest', { kind: 'set-split', service, split: split && { ...split } });
    },
  };
}

/** Over all callers, weighed by how much each asks. */
export function errorsOf(
  edges: readonly EdgeState[],
  service: string,
  version: string,
): Percent | undefined {
  const figures = edges.flatMap(({ to, versions }) => {
    const one = to === service ? versions[version] : undefined;
    return one ? [one] : [];
  });
  const rate = figures.reduce((sum, one) => sum + one.rate, 0);
  if (rate === 0) return undefined;
  return (100 * figures.reduce((sum, one) => sum + one.errorShare * one.rate, 0)) / rate;
}
