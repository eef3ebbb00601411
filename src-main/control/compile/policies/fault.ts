/** The faults that act on a caller's requests to a callee, one kind at a time. */
import type { FaultConfig } from '../../../proxy/config.ts';
import type { Fault } from '../../../spec/mesh.ts';
import { routeMatch } from '../match.ts';
import type { PolicySubject, RoutePart } from './policy.ts';

type FaultKind = 'delay' | 'abort';

export function compileFaults(subject: PolicySubject, kind: FaultKind): RoutePart {
  const { mesh, caller, callee } = subject;
  const acting = mesh.faults.filter(
    ({ enabled, from, to }) => enabled && to === callee.name && (from ?? caller) === caller,
  );
  return { faults: acting.flatMap((fault) => faultConfig(fault, kind)) };
}

function faultConfig(fault: Fault, kind: FaultKind): FaultConfig[] {
  const given = fault[kind];
  if (!given) return [];
  const { name, random } = fault;
  return [{ name, random, match: routeMatch(fault.match), [kind]: given }];
}
