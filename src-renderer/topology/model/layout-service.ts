/** The layout's worker, started once and asked again for each new graph. */
import type { Point } from './geometry.ts';
import type { Graph } from './graph.ts';
import LayoutWorker from './layout-worker.ts?worker';
import type { Layout } from './layout.ts';

export interface LayoutTask {
  readonly id: number;
  readonly graph: Graph;
  readonly known: ReadonlyMap<string, Point>;
  readonly before: Layout | undefined;
}

export interface LayoutAnswer {
  readonly id: number;
  readonly layout: Layout;
}

interface Waiting {
  resolve(layout: Layout): void;
  reject(error: Error): void;
}

const worker = new LayoutWorker();
const waiting = new Map<number, Waiting>();
let nextId = 1;

worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
  waiting.get(data.id)?.resolve(data.layout);
  waiting.delete(data.id);
});
worker.addEventListener('error', ({ message }) => {
  for (const { reject } of waiting.values()) reject(new Error(message));
  waiting.clear();
});

/** `known`: places so far, which are kept; `before`: the layout so far. */
export function computeLayout(
  graph: Graph,
  known: ReadonlyMap<string, Point>,
  before: Layout | undefined,
): Promise<Layout> {
  const id = nextId++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, graph, known, before } satisfies LayoutTask);
  });
}
