/** Names are unique, and none means something else. */
import type { Finding } from '../document/finding.ts';
import type { Check } from './check.ts';

export const names: Check = ({ mesh }) => [
  ...mesh.services
    .filter(({ name }) => name === 'gateway')
    .map(({ name }): Finding => ({
      code: 'reserved-name',
      message: '"gateway" is the name of the gateway; a service cannot have it',
      path: ['services', name],
      at: 'key',
    })),
  ...duplicates(mesh.faults.map(({ name }) => name)).map((i): Finding => ({
    code: 'duplicate-name',
    message: `two faults have the name "${mesh.faults[i]?.name}"`,
    path: ['faults', i, 'name'],
  })),
  ...duplicates((mesh.rateLimits ?? []).map(({ name }) => name)).map((i): Finding => ({
    code: 'duplicate-name',
    message: `two rate limits have the name "${mesh.rateLimits?.[i]?.name}"`,
    path: ['rateLimits', i, 'name'],
  })),
  ...duplicates((mesh.authorization?.policies ?? []).map(({ name }) => name)).map((i): Finding => ({
    code: 'duplicate-name',
    message: `two authorization policies have the name "${mesh.authorization?.policies[i]?.name}"`,
    path: ['authorization', 'policies', i, 'name'],
  })),
  ...duplicates((mesh.instanceFaults ?? []).map(({ name }) => name)).map((i): Finding => ({
    code: 'duplicate-name',
    message: `two instance faults have the name "${mesh.instanceFaults?.[i]?.name}"`,
    path: ['instanceFaults', i, 'name'],
  })),
  ...duplicates((mesh.capture ?? []).map(({ name }) => name)).map((i): Finding => ({
    code: 'duplicate-name',
    message: `two captures have the name "${mesh.capture?.[i]?.name}"`,
    path: ['capture', i, 'name'],
  })),
  ...duplicates(mesh.gateway.routes.map(({ name }) => name)).map((i): Finding => ({
    code: 'duplicate-name',
    message: `two routes have the name "${mesh.gateway.routes[i]?.name}"`,
    path: ['gateway', 'routes', i, 'name'],
  })),
  ...duplicates((mesh.gateway.tcp ?? []).map(({ name }) => name)).map((i): Finding => ({
    code: 'duplicate-name',
    message: `two TCP routes have the name "${mesh.gateway.tcp?.[i]?.name}"`,
    path: ['gateway', 'tcp', i, 'name'],
  })),
  ...Object.entries(mesh.traffic).flatMap(([service, { routes = [] }]) =>
    duplicates(routes.map(({ name }) => name)).map((i): Finding => ({
      code: 'duplicate-name',
      message: `two routes of ${service} have the name "${routes[i]?.name}"`,
      path: ['traffic', service, 'routes', i, 'name'],
    })),
  ),
];

/** Indices of all but the first of each name. */
function duplicates(all: readonly string[]): number[] {
  return all.flatMap((name, i) => (all.indexOf(name) < i ? [i] : []));
}
