/** Who calls is known by mutual TLS alone. */
import type { AuthorizationPolicy } from '../authorization.ts';
import type { Finding } from '../document/finding.ts';
import type { Mesh } from '../mesh.ts';
import { mtlsModeOf } from '../policies/mtls.ts';
import type { Check } from './check.ts';

export const knownCallers: Check = ({ mesh }) => [
  ...(mesh.authorization?.policies ?? []).flatMap((policy, i) =>
    authorizationFindings(mesh, policy, i),
  ),
  ...(mesh.rateLimits ?? []).flatMap(({ from, name, to }, i): Finding[] => {
    if (from === undefined || plainServices(mesh, to).length === 0) return [];
    const message = `${to} takes plain text alone: the rate limit "${name}" never acts`;
    return [finding(message, ['rateLimits', i, 'from'])];
  }),
];

function authorizationFindings(mesh: Mesh, policy: AuthorizationPolicy, i: number): Finding[] {
  const { action, from, name, service } = policy;
  const plain = Object.keys(from).length > 0 ? plainServices(mesh, service) : [];
  if (plain.length === 0) return [];
  const effect = action === 'allow' ? 'allows nobody' : 'denies nobody';
  const message = `${plain.join(', ')} takes plain text alone: "${name}" ${effect} there`;
  return [finding(message, ['authorization', 'policies', i, 'from'])];
}

function finding(message: string, path: Finding['path']): Finding {
  const advice = 'set mtls to strict or permissive, or leave "from" out';
  return { code: 'unknown-caller', severity: 'warning', message, advice, path, at: 'key' };
}

/** The named one, or any where none is named. */
function plainServices(mesh: Mesh, service: string | undefined): string[] {
  return mesh.services
    .filter((one) => service === undefined || one.name === service)
    .filter((one) => mtlsModeOf(mesh, one) === 'disabled')
    .map(({ name }) => name);
}
