/** Every service that is spoken of exists. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import { serviceNames } from './check.ts';
import type { Check } from './check.ts';

export const unknownService: Check = ({ mesh }) => {
  const names = serviceNames(mesh);
  const callers = [...names, 'gateway'];
  const find = (name: string | undefined, known: string[], path: Finding['path']): Finding[] => {
    if (name === undefined || known.includes(name)) return [];
    const message = `there is no service "${name}"`;
    return [{ code: 'unknown-service', message, advice: suggestion(name, known), path }];
  };
  return [
    ...mesh.services.flatMap(({ name, calls }) =>
      calls.flatMap((callee, i) => find(callee, names, ['services', name, 'calls', i])),
    ),
    ...mesh.services.flatMap(({ name, reaches = [], dependsOn = [] }) => [
      ...reaches.flatMap((peer, i) => find(peer, names, ['services', name, 'reaches', i])),
      ...dependsOn.flatMap(({ service }, i) =>
        find(service, names, ['services', name, 'dependsOn', i]),
      ),
    ]),
    ...mesh.gateway.routes.flatMap(({ service }, i) =>
      find(service, names, ['gateway', 'routes', i, 'service']),
    ),
    ...(mesh.gateway.tcp ?? []).flatMap(({ service }, i) =>
      find(service, names, ['gateway', 'tcp', i, 'service']),
    ),
    ...Object.keys(mesh.traffic).flatMap((name) =>
      find(name, names, ['traffic', name]).map((finding) => ({ ...finding, at: 'key' as const })),
    ),
    ...(mesh.rateLimits ?? []).flatMap(({ from, to }, i) => [
      ...find(from, callers, ['rateLimits', i, 'from']),
      ...find(to, names, ['rateLimits', i, 'to']),
    ]),
    ...(mesh.authorization?.policies ?? []).flatMap(({ from, service }, i) => [
      ...find(service, names, ['authorization', 'policies', i, 'service']),
      ...(from.services ?? []).flatMap((name, at) =>
        find(name, callers, ['authorization', 'policies', i, 'from', 'services', at]),
      ),
    ]),
    ...mesh.faults.flatMap(({ from, to, partition }, i) => [
      ...find(from, callers, ['faults', i, 'from']),
      ...find(to, names, ['faults', i, 'to']),
      ...(['fromAlso', 'toAlso'] as const).flatMap((key) =>
        (partition?.[key] ?? []).flatMap((name, at) =>
          find(name, callers, ['faults', i, 'partition', key, at]),
        ),
      ),
    ]),
  ];
};
