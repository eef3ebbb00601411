/** A match on the caller names a service and a version that there are. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import { serviceNames } from './check.ts';
import type { Check } from './check.ts';
import { matchPlaces } from '../policy-places.ts';

export const callers: Check = ({ mesh, has }) =>
  matchPlaces(mesh).flatMap(({ path, match: { caller } }): Finding[] => {
    if (!caller) return [];
    const { service, version } = caller;
    const at = [...path, 'caller'];
    const found = mesh.services.find(({ name }) => name === service);
    if (!found && service !== 'gateway') {
      const place = has([...at, 'service']) ? [...at, 'service'] : at;
      return [
        {
          code: 'unknown-service',
          message: `there is no service "${service}"`,
          advice: suggestion(service, [...serviceNames(mesh), 'gateway']),
          path: place,
        },
      ];
    }
    const known = found?.versions.map(({ name }) => name) ?? [];
    if (version === undefined || known.includes(version)) return [];
    return [
      {
        code: 'unknown-version',
        message: `${service} has no version "${version}"`,
        advice: suggestion(version, known),
        path: [...at, 'version'],
      },
    ];
  });
