/** Where the instances of a version are, as one caller sees them: priorities and shares. */
import type { ClusterConfig, EndpointConfig } from '../../proxy/config.ts';
import { distance, failsOver, isWithin, localityOf, priorityOf } from '../../spec/locality.ts';
import type { Service, Version } from '../../spec/mesh.ts';
import type { Caller, CompileInput, ReadyEndpoint } from './input.ts';

/** More than there are distances: a priority of the document counts before any distance. */
const DISTANCES = 5;

type Placed = Pick<
  ClusterConfig,
  'absentByFaults' | 'endpoints' | 'localityWeights' | 'priorities'
>;

/** The endpoints of a version that are ready, and how requests are shared among them. */
export function placedEndpoints(
  input: CompileInput,
  caller: Caller,
  callee: Service,
  version: Version,
): Placed {
  const ready = input.endpoints.filter(
    (one) => one.service === callee.name && one.version === version.name,
  );
  const { kept, weights } = distributed(input, caller, callee, version, ready);
  const ranks = ranksOf(input, caller, callee, version);
  const endpoints = kept.flatMap(({ id, index, ...address }): EndpointConfig[] => {
    const seen = caller.viewpoint === 'pod' ? address.pod : address;
    if (!seen) return [];
    const { host, port } = seen;
    const locality = localityOf(version, index);
    const priority = ranks.priorityOf(index);
    const instanceFaults = faultsOf(input, id);
    const place = {
      ...(locality !== undefined && { locality }),
      ...(priority > 0 && { priority }),
      ...(instanceFaults && { instanceFaults }),
    };
    return [{ id, host, port, ...place }];
  });
  const absentByFaults = absentFaults(input, callee, version);
  return {
    endpoints,
    ...(absentByFaults.length > 0 && { absentByFaults }),
    ...(weights && { localityWeights: weights }),
    ...(ranks.names.length > 1 && { priorities: ranks.names }),
  };
}

/** Names of the faults that act on an instance; undefined: none does. */
export function faultsOf(
  { faultyInstances }: CompileInput,
  id: string,
): readonly string[] | undefined {
  return faultyInstances?.find((one) => one.id === id)?.faults;
}

/** Of the instances that should be there and are not ready. */
function absentFaults(
  { endpoints, faultyInstances = [] }: CompileInput,
  callee: Service,
  version: Version,
): string[] {
  const absent = faultyInstances.filter(
    (one) =>
      one.service === callee.name &&
      one.version === version.name &&
      !endpoints.some(({ id }) => id === one.id),
  );
  return [...new Set(absent.flatMap(({ faults }) => faults))];
}

interface Ranks {
  priorityOf(index: number): number;
  /** For people, by priority. */
  readonly names: readonly string[];
}

/**
 * By all instances that the document asks for, not by those that are ready: an instance has the same
 * priority whoever comes and goes, and none is called the first choice for want of a better one.
 */
function ranksOf(
  { mesh }: CompileInput,
  { locality: own }: Caller,
  { name }: Service,
  version: Version,
): Ranks {
  const failover = mesh.traffic[name]?.loadBalancing?.locality?.failover;
  const isByDistance = own !== undefined && failsOver(mesh, name);
  const rankOf = (index: number): number => {
    const far = isByDistance ? distance(own, localityOf(version, index), failover) : 0;
    return priorityOf(version, index) * DISTANCES + far;
  };
  const planned = Array.from({ length: version.replicas }, (_, index) => index);
  const ranks = [...new Set(planned.map(rankOf))].sort((a, b) => a - b);
  const names = ranks.map((rank, i) => {
    const places = planned
      .filter((index) => rankOf(index) === rank)
      .flatMap((index) => localityOf(version, index) ?? []);
    const isNamed = isByDistance && places.length > 0;
    return isNamed ? [...new Set(places)].join(', ') : `priority ${i}`;
  });
  return { priorityOf: (index) => Math.max(0, ranks.indexOf(rankOf(index))), names };
}

interface Distributed {
  readonly kept: readonly ReadyEndpoint[];
  /** Undefined: localities have no shares. */
  readonly weights?: Record<string, number>;
}

/** As Istio does: an entry's weight is shared by the localities that it means, by their endpoints. */
function distributed(
  { mesh }: CompileInput,
  { locality: own }: Caller,
  { name }: Service,
  version: Version,
  ready: readonly ReadyEndpoint[],
): Distributed {
  const { enabled = true, distribute = [] } = mesh.traffic[name]?.loadBalancing?.locality ?? {};
  const rule = own === undefined ? undefined : distribute.find(({ from }) => isWithin(from, own));
  if (!enabled || !rule) return { kept: ready };
  const weights: Record<string, number> = {};
  const kept = Object.entries(rule.to).flatMap(([pattern, weight]) => {
    const within = ready.filter(({ index }) => isWithin(pattern, localityOf(version, index) ?? ''));
    for (const { index } of within) {
      const locality = localityOf(version, index) ?? '';
      weights[locality] = (weights[locality] ?? 0) + weight / within.length;
    }
    return within;
  });
  return { kept, weights };
}
