/** What of the graph is shown. Nothing moves when it changes: what does not fit is left out. Pure. */
import type { Graph } from './graph.ts';
import type { Filter } from './options.ts';
import { fitsSearch } from './search.ts';
import type { EdgeScene, Scene } from './scene.ts';

export interface Visible {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** Edges that fit, with their ends, and nodes that fit by themselves. */
export function visibleOf(graph: Graph, scene: Scene, filter: Filter): Visible {
  const edges = graph.edges.filter(({ id }) => fitsEdge(scene.edges.get(id), filter));
  const nodes = new Set(edges.flatMap(({ from, to }) => [from, to]));
  for (const { id, kind } of graph.nodes) {
    if (kind === 'gateway' || fitsNode(id, scene, filter)) nodes.add(id);
  }
  return { nodes, edges: new Set(edges.map(({ id }) => id)) };
}

function fitsEdge(found: EdgeScene | undefined, filter: Filter): boolean {
  const rate = found?.edge?.rate ?? 0;
  const isIdle = rate === 0 && (found?.edge?.open ?? 0) === 0;
  if (filter.hideIdle && isIdle && (found?.marks.length ?? 0) === 0) return false;
  if (rate < filter.leastRate) return false;
  if (filter.protocol !== '' && found?.edge?.protocol !== filter.protocol) return false;
  if (filter.marked && (found?.marks.length ?? 0) === 0) return false;
  return !filter.unwell || found?.health === 'degraded' || found?.health === 'failing';
}

function fitsNode(id: string, { nodes }: Scene, filter: Filter): boolean {
  const found = nodes.get(id);
  const rate = found?.rate ?? 0;
  // A protocol is an edge's: a node that has none of it is not meant.
  if (filter.protocol !== '') return false;
  if (filter.hideIdle && rate === 0 && (found?.marks.length ?? 0) === 0) return false;
  if (rate < filter.leastRate) return false;
  if (filter.marked && (found?.marks.length ?? 0) === 0) return false;
  return !filter.unwell || found?.health === 'degraded' || found?.health === 'failing';
}

/** Services whose names fit, and all that they call or are called by; undefined: nothing is asked for. */
export function focusOf(
  calls: readonly { readonly name: string; readonly calls: readonly string[] }[],
  search: string,
): Set<string> | undefined {
  if (search.trim() === '') return undefined;
  return withNeighbours(calls, (name) => fitsSearch(search, name));
}

/** Services that are meant, and all that they call or are called by. */
export function withNeighbours(
  calls: readonly { readonly name: string; readonly calls: readonly string[] }[],
  isMeant: (name: string) => boolean,
): Set<string> {
  const found = new Set(calls.map(({ name }) => name).filter(isMeant));
  const near = calls.flatMap(({ name, calls: callees }) => [
    ...(found.has(name) ? callees : []),
    ...(callees.some((callee) => found.has(callee)) ? [name] : []),
  ]);
  return new Set([...found, ...near]);
}
