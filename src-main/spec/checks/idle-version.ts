/** A version that gets requests has somebody to answer them. */
import type { Check } from './check.ts';
import { policyPlaces } from '../policy-places.ts';

export const idleVersion: Check = ({ mesh }) =>
  policyPlaces(mesh).flatMap(({ path, service, policy: { split = {} } }) => {
    const versions = mesh.services.find(({ name }) => name === service)?.versions ?? [];
    return versions
      .filter((version) => version.replicas === 0 && (split[version.name] ?? 0) > 0)
      .map((version) => ({
        code: 'no-instances' as const,
        severity: 'warning' as const,
        message: `${service} ${version.name} gets ${split[version.name]} % of the requests and has no instances: they are answered 503`,
        path: [...path, 'split', version.name],
      }));
  });
