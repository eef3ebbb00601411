/** Lets a command ask the graph to fit itself in, wherever the command is. */
let listener: (() => void) | undefined;

export function onFit(fit: () => void): () => void {
  listener = fit;
  return () => {
    if (listener === fit) listener = undefined;
  };
}

export function requestFit(): void {
  listener?.();
}
