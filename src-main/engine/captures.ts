/**
 * Counts what each capture of the document has brought, and ends it when that is enough. Changed, or
 * switched off and on, a capture begins anew.
 */
import type { CapturedExchange, Lost } from '../proxy/capture/captured.ts';
import type { Capture } from '../spec/capture.ts';
import type { Mesh } from '../spec/mesh.ts';

/** How far a capture has come. */
export interface CaptureProgress {
  readonly name: string;
  readonly count: number;
  /** It has as many as it is to have. */
  readonly isSpent: boolean;
  /** That it asked for, and that were not kept. */
  readonly lost: number;
}

interface Running {
  readonly capture: Capture;
  readonly text: string;
  count: number;
  lost: number;
}

export interface CapturesOptions {
  /** Another set of captures is spent: the proxies must know. */
  onSpent(): void;
  onProgress(): void;
  /** Keeps it, without its secrets where `masked`; false where there is no room for it. */
  keep(exchange: CapturedExchange, masked: boolean): Promise<boolean>;
  /** For the timeline: something was lost, and why. */
  onLost(message: string): void;
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
      lost: running.lost,
    }));
  }

  update({ capture = [] }: Pick<Mesh, 'capture'>): void {
    const before = this.#running;
    const enabled = capture.filter((one) => one.enabled);
    this.#running = new Map(
      enabled.map((one) => {
        const text = JSON.stringify(one);
        const known = before.get(one.name);
        return [one.name, known?.text === text ? known : { capture: one, text, count: 0, lost: 0 }];
      }),
    );
    this.#options.onProgress();
  }

  /** Keeps what is wanted of a worker's batch; `lost`: what the batch had no room for. */
  take(exchanges: readonly CapturedExchange[], lost: Lost): void {
    for (const [name, count] of Object.entries(lost)) this.#lose(name, count, 'too much at once');
    for (const exchange of exchanges) {
      const capture = this.#wanting(exchange);
      if (!capture) continue;
      this.#options.keep(exchange, capture.masked).then(
        (isKept) => isKept || this.#lose(capture.name, 1, 'the disk has no room for it'),
        (error: Error) => this.#lose(capture.name, 1, error.message),
      );
    }
  }

  /** The first loss is told of; from then on it is counted. */
  #lose(name: string, count: number, why: string): void {
    const running = this.#running.get(name);
    if (!running) return;
    if (running.lost === 0) {
      this.#options.onLost(`some of what ${name} captures is lost: ${why}`);
    }
    running.lost += count;
    this.#options.onProgress();
  }

  /** The capture that wants it; undefined where it has enough, or is gone. Tries count with their last. */
  #wanting({ capture: name, isFinal }: CapturedExchange): Capture | undefined {
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
