/** What each node and edge of the graph shows at one moment. Pure. */
import { DEFAULT_THRESHOLDS } from '../../../src-main/api/contract/index.ts';
import type {
  Badge,
  EdgeState,
  HealthThresholds,
  InstanceState,
  Mesh,
} from '../../../src-main/api/contract/index.ts';
import { edgeId } from './graph.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { healthOf, instanceHealth, worst } from './health.ts';
import type { Health } from './health.ts';
import { edgeMarks, nodeMarks } from './marks.ts';
import type { Mark } from './marks.ts';
import { mergeBadges, mergeEdges, realErrors, totalOf } from './totals.ts';

/** `injected`: nothing is wrong but what was done on purpose. */
export type Shown = Health | 'injected';

export interface EdgeScene {
  readonly edge: EdgeState | undefined;
  readonly health: Shown;
  readonly marks: readonly Mark[];
}

export interface NodeScene {
  /** Requests per second that arrive; at the gateway, that it takes in. */
  readonly rate: number;
  /** Without what was injected. */
  readonly errorShare: number;
  readonly p95: number;
  readonly health: Health;
  readonly ready: number;
  readonly total: number;
  /** Of the first instance that is not ready. */
  readonly trouble: string | undefined;
  readonly marks: readonly Mark[];
}

export interface Scene {
  readonly edges: ReadonlyMap<string, EdgeScene>;
  readonly nodes: ReadonlyMap<string, NodeScene>;
}

export interface SceneInput {
  readonly graph: Graph;
  readonly mesh: Pick<Mesh, 'faults' | 'instanceFaults' | 'services'>;
  /** By id, `from->to`. */
  readonly edges: Readonly<Record<string, EdgeState>>;
  readonly nodeBadges: Readonly<Record<string, { readonly badges: readonly Badge[] }>>;
  readonly instances: readonly InstanceState[];
}

export function sceneOf({ graph, mesh, edges, nodeBadges, instances }: SceneInput): Scene {
  const thresholds = new Map(mesh.services.map((one) => [one.name, one.healthThresholds]));
  const byService = new Map<string, InstanceState[]>();
  for (const one of instances) {
    const known = byService.get(one.service);
    if (known) known.push(one);
    else byService.set(one.service, [one]);
  }
  const incoming = new Map<string, EdgeState[]>();
  for (const edge of Object.values(edges)) {
    for (const end of edge.from === 'gateway' ? [edge.to, edge.from] : [edge.to]) {
      const known = incoming.get(end);
      if (known) known.push(edge);
      else incoming.set(end, [edge]);
    }
  }
  const edgeScene = (one: GraphEdge): EdgeScene => {
    const parts = one.parts.flatMap((part) => edges[part] ?? []);
    const edge = mergeEdges(one.from, one.to, parts);
    const health = edgeHealth(parts, thresholds);
    return { edge, health, marks: edgeMarks(one, edge, mesh, byService.get(one.to) ?? []) };
  };
  const nodeScene = (node: GraphNode): NodeScene => {
    const own = node.services.flatMap((service) => byService.get(service) ?? []);
    const parts = node.services.flatMap((service) => incoming.get(service) ?? []);
    const outside = node.kind === 'group' ? parts.filter(fromOutside(node)) : parts;
    const totals = totalOf(outside);
    const badges = mergeBadges(
      node.services.flatMap((one) => [...(nodeBadges[one]?.badges ?? [])]),
    );
    const flows = parts.map((edge) => healthOf(edge, thresholds.get(edge.to)));
    return {
      rate: totals.rate,
      errorShare: totals.realErrorShare,
      p95: totals.p95,
      health: worst(...flows, own.length === 0 ? 'idle' : instanceHealth(own)),
      ready: own.filter(({ status }) => status === 'ready').length,
      total: own.length,
      trouble: troubleOf(own),
      marks: nodeMarks(node, badges, mesh, own),
    };
  };
  return {
    edges: new Map(graph.edges.map((one) => [one.id, edgeScene(one)])),
    nodes: new Map(graph.nodes.map((one) => [one.id, nodeScene(one)])),
  };
}

function fromOutside({ services }: GraphNode): (edge: EdgeState) => boolean {
  const inside = new Set(services);
  return ({ from }) => !inside.has(from);
}

/** What is red is real: an injected failure has a colour of its own. */
export function edgeHealth(
  parts: readonly EdgeState[],
  thresholds: ReadonlyMap<string, HealthThresholds | undefined>,
): Shown {
  const health = worst(
    ...parts.map((edge) => healthOf(edge, thresholds.get(edge.to) ?? DEFAULT_THRESHOLDS)),
  );
  const isReal = parts.some((edge) => realErrors(edge) > 0);
  const isInjected = parts.some((edge) => edge.injectedShare > 0);
  return (health === 'ok' || health === 'idle') && !isReal && isInjected ? 'injected' : health;
}

function troubleOf(instances: readonly InstanceState[]): string | undefined {
  const found = instances.find(({ status }) => status !== 'ready');
  return found && `${found.status}${found.restarts > 0 ? ` · restart ${found.restarts}` : ''}`;
}

/** The edges as the graph shows them: those of a collapsed group together. For the particles. */
export function flowsOf(graph: Graph, scene: Scene): EdgeState[] {
  return graph.edges.flatMap(({ from, to }) => scene.edges.get(edgeId(from, to))?.edge ?? []);
}
