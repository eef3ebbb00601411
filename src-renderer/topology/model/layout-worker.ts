/** Lays graphs out on a thread of its own. */
import { layOut } from './layout.ts';
import type { LayoutAnswer, LayoutTask } from './layout-service.ts';

addEventListener('message', ({ data }: MessageEvent<LayoutTask>) => {
  const { id, graph, known, before } = data;
  postMessage({
    id,
    layout: before ? layOut(graph, known, before) : layOut(graph, known),
  } satisfies LayoutAnswer);
});
