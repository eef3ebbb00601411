/** What a policy adds to the routes that lead to a service. */
import type { ClusterConfig, RouteConfig } from '../../../proxy/config.ts';
import type { Mesh, Service, TrafficPolicy } from '../../../spec/mesh.ts';
import type { Caller } from '../input.ts';

export interface PolicySubject {
  readonly mesh: Mesh;
  readonly caller: Caller;
  readonly callee: Service;
  /** The document's entry for the callee; undefined: all defaults. */
  readonly traffic: TrafficPolicy | undefined;
  /** When faults were enabled, by name: wall time, milliseconds since 1970. */
  readonly faultsSince: ReadonlyMap<string, number>;
}

/** The part of a route that one policy decides. */
export type RoutePart = Partial<Omit<RouteConfig, 'name' | 'match'>>;
export type CompilePolicy = (subject: PolicySubject) => RoutePart;

/** The part of a version's cluster that one policy decides. */
export type CompileClusterPolicy = (traffic: TrafficPolicy) => Partial<ClusterConfig>;
