/** A fault of identity needs mutual TLS: in plain text nobody shows who he is. */
import type { Finding } from '../document/finding.ts';
import { isCalledByMtls, mtlsModeOf } from '../policies/mtls.ts';
import type { Check } from './check.ts';

export const identityFaults: Check = ({ mesh }) =>
  mesh.faults.flatMap(({ identity, name, to }, i): Finding[] => {
    const callee = mesh.services.find((one) => one.name === to);
    if (!identity || !callee || isCalledByMtls(mtlsModeOf(mesh, callee))) return [];
    const message = `${to} is called in plain text: the fault "${name}" has no identity to change`;
    const advice = 'set its mtls to strict or permissive';
    const path = ['faults', i, 'identity'];
    return [{ code: 'never-acts', severity: 'warning', message, advice, path, at: 'key' }];
  });
