/** Which wrong certificates a proxy needs for the faults of identity that are enabled. */
import type { FaultyCertificate, FaultyIdentity } from '../../proxy/config.ts';
import type { Fault } from '../../spec/mesh.ts';
import type { CompileInput } from './input.ts';

/** @param node a service's name or `gateway` @param callees that the proxy calls */
export function faultyIdentities(
  input: CompileInput,
  node: string,
  callees: readonly string[],
): { faulty?: Partial<Record<FaultyIdentity, FaultyCertificate>> } {
  const shown = new Set(
    input.mesh.faults.filter((fault) => isShownBy(fault, node, callees)).flatMap(flawOf),
  );
  if (shown.size === 0) return {};
  const entries = [...shown].map((flaw) => {
    const { certificateChain, privateKey } = input.faultyLeaf(node, flaw);
    return [flaw, { certificateChain, privateKey }];
  });
  return { faulty: Object.fromEntries(entries) as Record<FaultyIdentity, FaultyCertificate> };
}

function isShownBy(fault: Fault, node: string, callees: readonly string[]): boolean {
  const { enabled, from = node, identity, to } = fault;
  if (!enabled || !identity) return false;
  return identity.side === 'server' ? to === node : from === node && callees.includes(to);
}

function flawOf({ identity }: Fault): FaultyIdentity[] {
  return !identity || identity.shows === 'plainText' ? [] : [identity.shows];
}
