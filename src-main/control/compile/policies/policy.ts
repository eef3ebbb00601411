/** What a policy adds to the routes that lead to a service. */
import type { ClusterConfig, RouteConfig } from '../../../proxy/config.ts';
import type { Mesh, RoutePolicy, Service, TrafficPolicy } from '../../../spec/mesh.ts';
import type { Caller } from '../input.ts';

export interface PolicySubject {
  readonly mesh: Mesh;
  readonly caller: Caller;
  readonly callee: Service;
  /** What the document says of the route, the service's defaults filled in. */
  readonly policy: RoutePolicy;
  /** The prefix that a rewrite or a redirect replaces: of the place that says so. */
  readonly prefix: string;
  /** Of the route, and by what else a fault may mean it. */
  readonly names: readonly string[];
  /** When faults were enabled, by name: wall time, milliseconds since 1970. */
  readonly faultsSince: ReadonlyMap<string, number>;
}

/** The part of a route that one policy decides. */
export type RoutePart = Partial<Omit<RouteConfig, 'name' | 'match'>>;
export type CompilePolicy = (subject: PolicySubject) => RoutePart;

/** The part of a version's cluster that one policy decides. */
export type CompileClusterPolicy = (traffic: TrafficPolicy) => Partial<ClusterConfig>;
