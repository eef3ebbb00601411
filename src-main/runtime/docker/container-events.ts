/** What the engine tells of containers while they run, each to who watches it. */
import { LineSplitter } from '../process/line-splitter.ts';

/** `health`: `healthy` or `unhealthy`, of the container's own check. */
export type ContainerEvent =
  { readonly kind: 'health'; readonly status: string } | { readonly kind: 'oom' };

export class ContainerEvents {
  readonly #watchers = new Map<string, (event: ContainerEvent) => void>();
  #lines = this.#newLines();

  /** `id`: of the container. One watcher for each. */
  watch(id: string, watcher: (event: ContainerEvent) => void): void {
    this.#watchers.set(id, watcher);
  }

  unwatch(id: string): void {
    this.#watchers.delete(id);
  }

  push(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  /** The stream was cut in the middle of a line. */
  forgetRest(): void {
    this.#lines = this.#newLines();
  }

  #newLines(): LineSplitter {
    return new LineSplitter((line) => this.#onLine(line));
  }

  #onLine(line: string): void {
    const read = readEvent(line);
    if (read) this.#watchers.get(read.container)?.(read.event);
  }
}

/** Undefined where the line is none that anybody watches. Pure. */
export function readEvent(
  line: string,
): { readonly container: string; readonly event: ContainerEvent } | undefined {
  const parsed = parse(line) as { Action?: string; Actor?: { ID?: string } } | undefined;
  const { Action = '', Actor: { ID: container } = {} } = parsed ?? {};
  if (container === undefined) return undefined;
  // Docker writes `health_status: healthy`; Podman writes the same.
  const [action = '', detail = ''] = Action.split(':').map((part) => part.trim());
  if (action === 'health_status') return { container, event: { kind: 'health', status: detail } };
  return action === 'oom' ? { container, event: { kind: 'oom' } } : undefined;
}

/** Lines that are cut in two, since they are too long, are no JSON. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
