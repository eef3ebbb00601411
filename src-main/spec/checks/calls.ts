/** A service does not call itself through the mesh, and names each of the others once. */
import type { Finding } from '../document/finding.ts';
import type { Check } from './check.ts';

export const calls: Check = ({ mesh }) =>
  mesh.services.flatMap(({ name, calls: callees, reaches = [] }) => [
    ...repeated(name, callees, ['services', name, 'calls']),
    ...repeated(name, reaches, ['services', name, 'reaches']),
  ]);

function repeated(name: string, callees: readonly string[], list: Finding['path']): Finding[] {
  return callees.flatMap((callee, i): Finding[] => {
    const path = [...list, i];
    if (callee === name) return [{ code: 'self-call', message: `${name} calls itself`, path }];
    if (callees.indexOf(callee) === i) return [];
    return [{ code: 'duplicate-name', message: `${name} names ${callee} twice`, path }];
  });
}
