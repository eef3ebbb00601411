/** What rollouts see of the mesh, and how they change it. */
import type { EdgeState } from '../api/contract/index.ts';
import type { RolloutOptions, VersionFigures } from '../experiments/rollouts.ts';
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

/** Errors over all callers, weighed by how much each asks; p95 of whoever waits longest. */
export function versionFigures(
  edges: readonly EdgeState[],
  service: string,
  version: string,
): VersionFigures | undefined {
  const figures = edges.flatMap(({ to, versions }) => {
    const one = to === service ? versions[version] : undefined;
    return one ? [one] : [];
  });
  const rate = figures.reduce((sum, one) => sum + one.rate, 0);
  if (rate === 0) return undefined;
  const errors = figures.reduce((sum, one) => sum + one.errorShare * one.rate, 0) / rate;
  return { errors: 100 * errors, p95: Math.max(...figures.map(({ p95 }) => p95)) };
}
