/** The faults that act on a caller's requests to a callee, one kind at a time. */
import type { ActiveConfig, FaultConfig, SequenceConfig } from '../../../proxy/config/fault.ts';
import type { Fault } from '../../../spec/mesh.ts';
import type { FaultKind } from '../../../spec/policies/kinds.ts';
import { routeMatch } from '../match.ts';
import type { CompilePolicy, PolicySubject } from './policy.ts';

export function faultCompiler(kind: FaultKind): CompilePolicy {
  return (subject) => {
    const { mesh, caller, callee, names } = subject;
    const acting = mesh.faults.filter(
      ({ enabled, from = caller.service, to, route }) =>
        enabled &&
        to === callee.name &&
        from === caller.service &&
        (route === undefined || names.includes(route)),
    );
    return { faults: acting.flatMap((fault) => faultConfig(subject, fault, kind)) };
  };
}

/** Nothing where the fault is not of the kind. */
export function faultConfig(subject: PolicySubject, fault: Fault, kind: FaultKind): FaultConfig[] {
  const given = fault[kind];
  const match = routeMatch(fault.match, subject.caller);
  if (!given || !match) return [];
  const { name, random, fromVersion, toVersion, instance, stacking } = fault;
  const { seed } = subject.mesh;
  const sequence = sequenceConfig(fault);
  const active = activeConfig(fault, subject.faultsSince.get(name) ?? 0);
  return [
    {
      name,
      random,
      match,
      ...(fromVersion !== undefined && { fromVersion }),
      ...(toVersion !== undefined && { toVersion }),
      ...(instance !== undefined && { instance }),
      ...(stacking && { stacking }),
      ...(sequence && { sequence }),
      ...(active && { active }),
      ...(seed !== undefined && { seed }),
      [kind]: given,
    },
  ];
}

/** A window is a time, not a count: it is part of when the fault acts. */
function sequenceConfig({ sequence }: Fault): SequenceConfig | undefined {
  return sequence && !('window' in sequence) ? sequence : undefined;
}

/** `since`: the wall time at which it was enabled. Undefined: it acts as long as it is enabled. */
export function activeConfig(
  fault: Pick<Fault, 'duration' | 'sequence' | 'schedule' | 'expires'>,
  since: number,
): ActiveConfig | undefined {
  const { duration, sequence, schedule = {}, expires } = fault;
  const window = sequence && 'window' in sequence ? sequence.window : undefined;
  const ends = [
    ...(duration === undefined ? [] : [since + duration]),
    ...(window ? [since + window.to] : []),
    ...(schedule.until === undefined ? [] : [Date.parse(schedule.until)]),
    ...(expires === undefined ? [] : [Date.parse(expires)]),
  ];
  const begins = [
    ...(window ? [since + window.from] : []),
    ...(schedule.from === undefined ? [] : [Date.parse(schedule.from)]),
  ];
  const { every: period, duration: each } = schedule;
  const every = period !== undefined && each !== undefined ? { period, duration: each } : undefined;
  if (ends.length + begins.length === 0 && !every) return undefined;
  return {
    from: begins.length > 0 ? Math.max(...begins) : since,
    ...(ends.length > 0 && { until: Math.min(...ends) }),
    ...(every && { every }),
  };
}
