/** Lets a command move the graph's viewport, wherever the command is. */
export type ViewportRequest = 'fit' | 'in' | 'out' | 'reset-layout';

let listener: ((request: ViewportRequest) => void) | undefined;

/** @returns how to stop listening */
export function onViewportRequest(listen: (request: ViewportRequest) => void): () => void {
  listener = listen;
  return () => {
    if (listener === listen) listener = undefined;
  };
}

export function requestViewport(request: ViewportRequest): void {
  listener?.(request);
}
