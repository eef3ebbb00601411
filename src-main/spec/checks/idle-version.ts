/** A version that gets requests has somebody to answer them. */
import type { Check } from './check.ts';

export const idleVersion: Check = ({ mesh }) =>
  Object.entries(mesh.traffic).flatMap(([name, { split = {} }]) => {
    const versions = mesh.services.find((one) => one.name === name)?.versions ?? [];
    return versions
      .filter((version) => version.replicas === 0 && (split[version.name] ?? 0) > 0)
      .map((version) => ({
        code: 'no-instances' as const,
        severity: 'warning' as const,
        message: `${name} ${version.name} gets ${split[version.name]} % of the requests and has no instances: they are answered 503`,
        path: ['traffic', name, 'split', version.name],
      }));
  });
