/** Who calls is known by mutual TLS alone. */
import type { Finding } from '../document/finding.ts';
import type { AuthorizationPolicy } from '../authorization.ts';
import type { Mesh } from '../mesh.ts';
import { mtlsModeOf } from '../policies/mtls.ts';
import type { Check } from './check.ts';

export const authorization: Check = ({ mesh }) =>
  (mesh.authorization?.policies ?? []).flatMap((policy, i): Finding[] => {
    const isAsked = Object.keys(policy.from).length > 0;
    const plain = isAsked ? plainServices(mesh, policy) : [];
    if (plain.length === 0) return [];
    const effect = policy.action === 'allow' ? 'allows nobody' : 'denies nobody';
    return [
      {
        code: 'unknown-caller',
        severity: 'warning',
        message: `${plain.join(', ')} takes plain text alone: "${policy.name}" ${effect} there`,
        advice: 'set mtls to strict or permissive, or leave "from" out',
        path: ['authorization', 'policies', i, 'from'],
        at: 'key',
      },
    ];
  });

function plainServices(mesh: Mesh, { service }: AuthorizationPolicy): string[] {
  return mesh.services
    .filter((one) => service === undefined || one.name === service)
    .filter((one) => mtlsModeOf(mesh, one) === 'disabled')
    .map(({ name }) => name);
}
