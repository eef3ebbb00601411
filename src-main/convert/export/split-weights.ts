/** Weights for systems that want whole numbers, of any sum. */
import type { RoutePolicy, Service } from '../../spec/mesh.ts';

export interface VersionWeight {
  readonly version: string;
  readonly weight: number;
}

/**
 * Fractions become hundredths of a per cent. Undefined without a split or without a choice: then
 * requests go to all instances alike, which is what a Service of Kubernetes does by itself.
 */
export function splitWeights(
  { split }: RoutePolicy,
  { versions }: Service,
): VersionWeight[] | undefined {
  if (!split || versions.length === 1) return undefined;
  const weights = versions.map((version) => split[version.name] ?? 0);
  const factor = weights.every(Number.isInteger) ? 1 : 100;
  return versions.map((version, i) => ({
    version: version.name,
    weight: Math.round((weights[i] ?? 0) * factor),
  }));
}
