/** Where the values of the mesh stand in the files that they come from. */
import type { Path } from '../../../spec/document/tree.ts';
import type { Place } from './node.ts';

export class Places {
  readonly #all = new Map<string, Place>();

  set(path: Path, place: Place): void {
    this.#all.set(path.join('\n'), place);
  }

  /** Of the value, or of the nearest thing above it, with how many parts of the path lead there. */
  find(path: Path): { readonly place: Place; readonly depth: number } | undefined {
    for (let depth = path.length; depth > 0; depth--) {
      const place = this.#all.get(path.slice(0, depth).join('\n'));
      if (place) return { place, depth };
    }
    return undefined;
  }
}
