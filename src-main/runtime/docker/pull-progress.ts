/** How far a pull has got, from what the engine says of each layer. Pure. */
import type { Bytes } from '../../base/units.ts';
import type { ProgressLine } from './progress-stream.ts';

interface Layer {
  readonly current: Bytes;
  readonly total: Bytes;
  readonly isDone: boolean;
}

const DONE = new Set(['Pull complete', 'Already exists', 'Download complete']);
const MIB = 1024 * 1024;

export class PullProgress {
  readonly #layers = new Map<string, Layer>();

  take({ id, status = '', progressDetail = {} }: ProgressLine): void {
    if (id === undefined || status.startsWith('Pulling from')) return;
    const before = this.#layers.get(id) ?? { current: 0, total: 0, isDone: false };
    if (DONE.has(status)) {
      this.#layers.set(id, { ...before, current: before.total, isDone: true });
    } else if (status === 'Downloading') {
      const { current = before.current, total = before.total } = progressDetail;
      this.#layers.set(id, { current, total, isDone: false });
    } else if (!this.#layers.has(id)) this.#layers.set(id, before);
  }

  /** `3 of 9 layers, 45 of 120 MiB`; of what is not known yet nothing is said. */
  toString(): string {
    const layers = [...this.#layers.values()];
    if (layers.length === 0) return 'asking for it';
    const done = layers.filter(({ isDone }) => isDone).length;
    const sum = (pick: (layer: Layer) => Bytes): string =>
      (layers.reduce((all, layer) => all + pick(layer), 0) / MIB).toFixed(0);
    const total = sum((layer) => layer.total);
    const bytes = total === '0' ? '' : `, ${sum((layer) => layer.current)} of ${total} MiB`;
    return `${done} of ${layers.length} layers${bytes}`;
  }
}
