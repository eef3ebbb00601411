/**
 * Counts what each capture of the document has brought, and ends it when that is enough. Changed, or
 * switched off and on, a capture begins anew.
 */
import type { CapturedExchange } from '../proxy/capture/captured.ts';
import type { Capture } from '../spec/capture.ts';
import type { Mesh } from '../spec/mesh.ts';

/** How far a capture has come. */
export interface CaptureProgress {
  readonly name: string;
  readonly count: number;
  /** It has as many as it is to have. */
  readonly isSpent: boolean;
}

interface Running {
  readonly capture: Capture;
  readonly text: string;
  count: number;
}

export interface CapturesOptions {
  /** Another set of captures is spent: the proxies must know. */
  onSpent(): void;
  onProgress(): void;
}

export class Captures {
  readonly #options: CapturesOptions;
  #running = new Map<string, Running>();

  constructor(options: CapturesOptions) {
    this.#options = options;
  }

  /** By name; those that need no further requests. */
  get spent(): ReadonlySet<string> {
    const spent = [...this.#running.values()].filter(isSpent);
    return new Set(spent.map(({ capture }) => capture.name));
  }

  get progress(): CaptureProgress[] {
    return [...this.#running.values()].map((running) => ({
      name: running.capture.name,
      count: running.count,
      isSpent: isSpent(running),
    }));
  }

  update({ capture = [] }: Pick<Mesh, 'capture'>): void {
    const before = this.#running;
    const enabled = capture.filter((one) => one.enabled);
    this.#running = new Map(
      enabled.map((one) => {
        const text = JSON.stringify(one);
        const known = before.get(one.name);
        return [one.name, known?.text === text ? known : { capture: one, text, count: 0 }];
      }),
    );
    this.#options.onProgress();
  }

  /** The capture that wants it; undefined where it has enough, or is gone. Tries count with their last. */
  take({ capture: name, isFinal }: CapturedExchange): Capture | undefined {
    const running = this.#running.get(name);
    if (!running || isSpent(running)) return undefined;
    if (!isFinal) return running.capture;
    running.count++;
    this.#options.onProgress();
    if (isSpent(running)) this.#options.onSpent();
    return running.capture;
  }
}

function isSpent({ capture, count }: Running): boolean {
  return capture.requests !== undefined && count >= capture.requests;
}
