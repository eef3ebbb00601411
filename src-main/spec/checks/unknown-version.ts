/** Splits and overrides name versions that exist. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import type { Check } from './check.ts';
import { policyPlaces } from '../policy-places.ts';

export const unknownVersion: Check = ({ mesh }) =>
  policyPlaces(mesh).flatMap(({ path: place, service: name, policy }) => {
    const { split = {}, overrides = [] } = policy;
    const service = mesh.services.find((one) => one.name === name);
    if (!service) return [];
    const known = service.versions.map((version) => version.name);
    const find = (version: string, path: Finding['path'], at: 'key' | 'value'): Finding[] => {
      if (known.includes(version)) return [];
      const message = `${name} has no version "${version}"`;
      return [{ code: 'unknown-version', message, advice: suggestion(version, known), path, at }];
    };
    return [
      ...Object.keys(split).flatMap((version) =>
        find(version, [...place, 'split', version], 'key'),
      ),
      ...overrides.flatMap(({ version }, i) =>
        find(version, [...place, 'overrides', i, 'version'], 'value'),
      ),
    ];
  });
