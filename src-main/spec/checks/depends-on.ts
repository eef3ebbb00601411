/** What a service waits for can come about: no service waits for itself, not even by way of others. */
import type { Finding } from '../document/finding.ts';
import type { Mesh, Service } from '../mesh.ts';
import type { Check } from './check.ts';

export const dependsOn: Check = ({ mesh }) =>
  mesh.services.flatMap((service) =>
    (service.dependsOn ?? []).flatMap((_one, i) => findings(mesh, service, i)),
  );

function findings(mesh: Mesh, { name, dependsOn: all = [] }: Service, i: number): Finding[] {
  const callee = all[i]?.service ?? '';
  const path = ['services', name, 'dependsOn', i];
  if (all.findIndex(({ service }) => service === callee) < i) {
    return [{ code: 'duplicate-name', message: `${name} waits for ${callee} twice`, path }];
  }
  const chain = chainTo(mesh, callee, name, new Set());
  if (!chain) return [];
  const message = `${[name, ...chain].join(' waits for ')}: none of them would ever start`;
  return [{ code: 'wait-cycle', message, path }];
}

/** The services from one to the other by what they wait for; undefined where no way leads there. */
function chainTo(mesh: Mesh, from: string, to: string, seen: Set<string>): string[] | undefined {
  if (from === to) return [to];
  if (seen.has(from)) return undefined;
  seen.add(from);
  const next = mesh.services.find(({ name }) => name === from)?.dependsOn ?? [];
  for (const { service } of next) {
    const rest = chainTo(mesh, service, to, seen);
    if (rest) return [from, ...rest];
  }
  return undefined;
}
