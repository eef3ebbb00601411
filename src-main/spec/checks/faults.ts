/** A fault does something, and to a caller that calls. */
import type { Finding } from '../document/finding.ts';
import type { Fault, Mesh } from '../mesh.ts';
import { peersOf } from '../peers.ts';
import { FAULT_KINDS } from '../policies/kinds.ts';
import { gatewayServices } from './check.ts';
import type { Check } from './check.ts';

export const faults: Check = ({ mesh }) =>
  mesh.faults.flatMap((fault, i): Finding[] => {
    if (FAULT_KINDS.every((kind) => fault[kind] === undefined)) {
      const message = `the fault "${fault.name}" does nothing`;
      return [
        {
          code: 'empty-fault',
          message,
          advice: 'give it a delay or an abort',
          path: ['faults', i],
          at: 'key',
        },
      ];
    }
    if (callsIt(mesh, fault)) return [];
    const message = `${fault.from} does not call ${fault.to}: the fault "${fault.name}" never acts`;
    return [{ code: 'not-a-caller', severity: 'warning', message, path: ['faults', i, 'from'] }];
  });

function callsIt(mesh: Mesh, { from, to, partition }: Fault): boolean {
  // A partition is for both ways, and for more than these two.
  if (from === undefined || partition) return true;
  if (from === 'gateway') return gatewayServices(mesh).includes(to);
  const caller = mesh.services.find(({ name }) => name === from);
  // An unknown caller is another check's finding.
  return !caller || peersOf(caller).includes(to);
}
