/** What the graph consists of: from the document, so that idle edges are there too. No figures. */
import type { Mesh, Service } from '../../../src-main/api/contract/index.ts';

export const GATEWAY = 'gateway';

export interface GraphNode {
  readonly id: string;
  readonly kind: 'gateway' | 'service' | 'group';
  readonly versions: readonly string[];
  /** Names of the services that it stands for: itself, or those of a group that is collapsed. */
  readonly services: readonly string[];
  /** The group whose box it stands in. */
  readonly group?: string | undefined;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Ids of the edges between services that it stands for. */
  readonly parts: readonly string[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphOptions {
  /** Key of a label; absent: no groups. */
  readonly groupBy?: string | undefined;
  /** Names of groups that are drawn as one node. */
  readonly collapsed?: ReadonlySet<string>;
  /** Only these services; absent: all. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Edges to draw besides those of the document. */
  readonly reached?: readonly string[];
}

export function edgeId(from: string, to: string): string {
  return `${from}->${to}`;
}

/** The node of a group that is collapsed; no service is called so. */
export function groupId(name: string): string {
  return `group:${name}`;
}

export function buildGraph(
  mesh: Mesh,
  { groupBy, collapsed = new Set(), only, reached = [] }: GraphOptions = {},
): Graph {
  const services = mesh.services.filter(({ name }) => only?.has(name) ?? true);
  const groups = new Map(services.map((one) => [one.name, groupOf(one, groupBy)]));
  const nodeOf = (name: string): string => {
    const group = groups.get(name);
    return group !== undefined && collapsed.has(group) ? groupId(group) : name;
  };
  const nodes = new Map<string, GraphNode>([
    [GATEWAY, { id: GATEWAY, kind: 'gateway', versions: [], services: [GATEWAY] }],
  ]);
  for (const service of services) {
    const id = nodeOf(service.name);
    const known = nodes.get(id);
    if (id === service.name) nodes.set(id, serviceNode(service, groups.get(id)));
    else nodes.set(id, groupNode(id, [...(known?.services ?? []), service.name]));
  }
  const names = new Set(services.map(({ name }) => name));
  const edges = new Map<string, GraphEdge>();
  for (const [from, to] of callsOf(mesh, reached)) {
    if (!names.has(to) || (from !== GATEWAY && !names.has(from))) continue;
    const [a, b] = [from === GATEWAY ? GATEWAY : nodeOf(from), nodeOf(to)];
    // What goes on within a group that is collapsed is not seen.
    if (a === b && from !== to) continue;
    const id = edgeId(a, b);
    const parts = [...(edges.get(id)?.parts ?? []), edgeId(from, to)];
    edges.set(id, { id, from: a, to: b, parts });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function serviceNode({ name, versions }: Service, group: string | undefined): GraphNode {
  return {
    id: name,
    kind: 'service',
    versions: versions.map((version) => version.name),
    services: [name],
    group,
  };
}

function groupNode(id: string, services: readonly string[]): GraphNode {
  return { id, kind: 'group', versions: [], services };
}

function groupOf({ labels }: Service, groupBy: string | undefined): string | undefined {
  return groupBy === undefined ? undefined : labels?.[groupBy];
}

/** From whom to whom: the gateway first, then services in the document's order. */
function callsOf(mesh: Mesh, reached: readonly string[]): (readonly [from: string, to: string])[] {
  const pairs = [
    ...gatewayServices(mesh).map((to) => [GATEWAY, to] as const),
    ...mesh.services.flatMap(({ name, calls }) => calls.map((to) => [name, to] as const)),
    ...reachPairs(mesh).filter((pair) => reached.includes(edgeId(...pair))),
    ...shadowPairs(mesh),
  ];
  return [...new Map(pairs.map((pair) => [edgeId(...pair), pair])).values()];
}

/** Whom services may call without anybody saying that they do. */
function reachPairs({ services }: Mesh): (readonly [from: string, to: string])[] {
  return services.flatMap(({ name, reaches = [] }) => reaches.map((to) => [name, to] as const));
}

/** Of those, the edges that had traffic: what the document does not say, the graph has seen. */
export function reachedEdges(mesh: Mesh, seen: Readonly<Record<string, unknown>>): string[] {
  return reachPairs(mesh).flatMap((pair) => (edgeId(...pair) in seen ? [edgeId(...pair)] : []));
}

/** Keys of labels that tell services apart, those of most services first. */
export function groupKeys({ services }: Mesh): string[] {
  const counts = new Map<string, number>();
  for (const { labels = {} } of services) {
    for (const key of Object.keys(labels)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([key]) => key);
}

/** Names of the groups that a label makes, in the document's order. */
export function groupNames({ services }: Mesh, groupBy: string): string[] {
  return [...new Set(services.flatMap((one) => groupOf(one, groupBy) ?? []))];
}

/** Who sends shadows to whom: to a service that the caller may not call by itself. */
function shadowPairs(mesh: Mesh): (readonly [from: string, to: string])[] {
  const ofServices = Object.entries(mesh.traffic).flatMap(([name, { mirror, routes = [] }]) =>
    [mirror, ...routes.map(({ policy }) => policy.mirror)].flatMap((given) =>
      callersOf(mesh, name).map((from) => [from, given?.service] as const),
    ),
  );
  const ofGateway = mesh.gateway.routes.map(
    ({ policy }) => [GATEWAY, policy?.mirror?.service] as const,
  );
  return [...ofServices, ...ofGateway].flatMap(([from, to]) =>
    to === undefined || to === from ? [] : [[from, to] as const],
  );
}

/** The services that the gateway leads to, each once. */
export function gatewayServices({ gateway, services }: Mesh): string[] {
  const routed = [...gateway.routes, ...(gateway.tcp ?? [])].map(({ service }) => service);
  const published = services.filter(({ publish = [] }) => publish.length > 0);
  return [...new Set([...routed, ...published.map(({ name }) => name)])];
}

/** Who calls a service: the gateway first, then services in the document's order. */
export function callersOf(mesh: Mesh, name: string): string[] {
  return [
    ...(gatewayServices(mesh).includes(name) ? [GATEWAY] : []),
    ...mesh.services.filter(({ calls }) => calls.includes(name)).map((service) => service.name),
  ];
}

/** The same for graphs that need no new layout. */
export function graphKey({ nodes, edges }: Graph): string {
  return JSON.stringify([
    nodes.map(({ id, versions, group }) => [id, versions.length > 1, group]),
    edges.map(({ id }) => id),
  ]);
}
