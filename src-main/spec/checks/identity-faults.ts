/** A fault of identity needs mutual TLS: in plain text nobody shows who he is. */
import type { Finding } from '../document/finding.ts';
import type { Mesh, Service } from '../mesh.ts';
import { isCalledByMtls, mtlsModeOf } from '../policies/mtls.ts';
import type { Check } from './check.ts';

export const identityFaults: Check = ({ mesh }) =>
  mesh.faults.flatMap(({ identity, name, to }, i): Finding[] => {
    const callee = mesh.services.find((one) => one.name === to);
    const reason = identity && callee && reasonAgainst(mesh, callee);
    if (!reason) return [];
    const message = `the fault "${name}" has no identity to change: ${reason}`;
    const path = ['faults', i, 'identity'];
    return [{ code: 'never-acts', severity: 'warning', message, path, at: 'key' }];
  });

function reasonAgainst(mesh: Mesh, callee: Service): string | undefined {
  if (isCalledByMtls(mtlsModeOf(mesh, callee))) return undefined;
  return `${callee.name} is called in plain text`;
}
