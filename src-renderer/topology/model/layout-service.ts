/** The layout's worker, started once and asked again for each new graph. */
import ELK from 'elkjs/lib/elk-api';
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker';
import type { Box } from './geometry.ts';
import type { Graph } from './graph.ts';
import { layOut } from './layout.ts';
import type { Layout } from './layout.ts';

const elk = new ELK({ workerFactory: () => new ElkWorker() });

/** `seed`: the places so far. */
export function computeLayout(graph: Graph, seed: ReadonlyMap<string, Box>): Promise<Layout> {
  return layOut(elk, graph, seed);
}
