/** Splits and overrides name versions that exist. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import type { Check } from './check.ts';

export const unknownVersion: Check = ({ mesh }) =>
  Object.entries(mesh.traffic).flatMap(([name, { split = {}, overrides }]) => {
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
        find(version, ['traffic', name, 'split', version], 'key'),
      ),
      ...overrides.flatMap(({ version }, i) =>
        find(version, ['traffic', name, 'overrides', i, 'version'], 'value'),
      ),
    ];
  });
