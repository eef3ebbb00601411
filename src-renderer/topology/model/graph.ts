/** What the graph consists of: from the document, so that idle edges are there too. No figures. */
import type { Mesh } from '../../../src-main/api/contract/index.ts';

export const GATEWAY = 'gateway';

export interface GraphNode {
  readonly id: string;
  readonly kind: 'gateway' | 'service';
  readonly versions: readonly string[];
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function edgeId(from: string, to: string): string {
  return `${from}->${to}`;
}

export function buildGraph(mesh: Mesh): Graph {
  const names = new Set(mesh.services.map(({ name }) => name));
  const entries = gatewayServices(mesh);
  const pairs = [
    ...entries.map((to) => [GATEWAY, to] as const),
    ...mesh.services.flatMap(({ name, calls }) => calls.map((to) => [name, to] as const)),
  ];
  return {
    nodes: [
      { id: GATEWAY, kind: 'gateway', versions: [] },
      ...mesh.services.map(({ name, versions }) => ({
        id: name,
        kind: 'service' as const,
        versions: versions.map((version) => version.name),
      })),
    ],
    edges: pairs
      .filter(([, to]) => names.has(to))
      .map(([from, to]) => ({ id: edgeId(from, to), from, to })),
  };
}

/** The services that the gateway leads to, each once. */
export function gatewayServices({ gateway }: Mesh): string[] {
  return [...new Set([...gateway.routes, ...(gateway.tcp ?? [])].map(({ service }) => service))];
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
    nodes.map(({ id, versions }) => [id, versions.length > 1]),
    edges.map(({ id }) => id),
  ]);
}
