/** Weights for systems that want whole numbers, of any sum. */
import type { Mesh, Service } from '../../spec/mesh.ts';

export interface VersionWeight {
  readonly version: string;
  /** Undefined where there is only one version. */
  readonly weight: number | undefined;
}

/** By the split, or by the replicas where there is none; fractions become hundredths. */
export function splitWeights(mesh: Mesh, { name, versions }: Service): VersionWeight[] {
  const split = mesh.traffic[name]?.split;
  const weights = versions.map((version) =>
    split ? (split[version.name] ?? 0) : version.replicas,
  );
  const factor = weights.every(Number.isInteger) ? 1 : 100;
  return versions.map((version, i) => ({
    version: version.name,
    weight: versions.length === 1 ? undefined : Math.round((weights[i] ?? 0) * factor),
  }));
}
