/** Partitions: a fault on every way from one side to the other, and back. */
import type { FaultConfig } from '../../../proxy/config/fault.ts';
import type { Fault } from '../../../spec/mesh.ts';
import { faultConfig } from './fault.ts';
import type { CompilePolicy, PolicySubject } from './policy.ts';

export const compilePartition: CompilePolicy = (subject) => {
  const caller = subject.caller.service;
  const callee = subject.callee.name;
  const faults = subject.mesh.faults.flatMap((fault) => {
    const { enabled, route } = fault;
    if (!enabled || (route !== undefined && !subject.names.includes(route))) return [];
    if (separates(fault, caller, callee)) return partitionConfig(subject, fault);
    return separates(fault, callee, caller) ? partitionConfig(subject, backwards(fault)) : [];
  });
  return { faults };
};

/** Who else is on the two sides is of no interest to a proxy. */
function partitionConfig(subject: PolicySubject, fault: Fault): FaultConfig[] {
  return faultConfig(subject, fault, 'partition').map((config) => ({
    ...config,
    partition: { percentage: fault.partition?.percentage ?? 100 },
  }));
}

/** Without `from`, everybody else is on the other side. */
function separates({ from, to, partition }: Fault, one: string, other: string): boolean {
  if (!partition) return false;
  const behind = [to, ...partition.toAlso];
  if (!behind.includes(other) || behind.includes(one)) return false;
  return from === undefined || from === one || partition.fromAlso.includes(one);
}

/** As it looks from the other side. What is for an instance is for calls to it alone. */
function backwards(fault: Fault): Fault {
  const { fromVersion, toVersion, instance, partition, ...rest } = fault;
  return {
    ...rest,
    ...(toVersion !== undefined && { fromVersion: toVersion }),
    ...(fromVersion !== undefined && { toVersion: fromVersion }),
    ...(instance === undefined && partition && { partition }),
  };
}
