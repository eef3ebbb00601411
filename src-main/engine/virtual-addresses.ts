/** The addresses by which pods know services: given out once, never to another one. */

/** 127.7.0.0/16, without the ends of each row. */
const PER_ROW = 254;
const ROWS = 256;

export class VirtualAddresses {
  readonly #indices = new Map<string, number>();

  /** @throws Error where 65,024 names have been asked for */
  of(service: string): string {
    const index = this.#indices.get(service) ?? this.#indices.size;
    if (index >= PER_ROW * ROWS) throw new Error('there are no virtual addresses left');
    this.#indices.set(service, index);
    return `127.7.${Math.floor(index / PER_ROW)}.${(index % PER_ROW) + 1}`;
  }
}
