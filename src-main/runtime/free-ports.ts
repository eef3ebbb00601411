/** Ports for programs that must be told theirs. */
import { createServer } from 'node:net';
import type { Chance } from '../base/chance.ts';

/**
 * Below every system's range of ephemeral ports (Linux from 32768, macOS and Windows from 49152): a
 * port that was free a moment ago is not given to somebody else by the kernel before the program
 * listens.
 */
const FIRST = 20_000;
const COUNT = 12_000;
const MOST_TRIES = 500;

export class FreePorts {
  readonly #taken = new Set<number>();
  #next: number;

  constructor(chance: Chance) {
    // Two meshes on one machine begin at different places.
    this.#next = Math.floor(chance.next() * COUNT);
  }

  /** A port that nobody listens on and that was not given out before. @throws Error where there is none */
  async take(): Promise<number> {
    for (let i = 0; i < MOST_TRIES; i++) {
      const port = FIRST + (this.#next++ % COUNT);
      if (this.#taken.has(port)) continue;
      this.#taken.add(port);
      if (await isFree(port)) return port;
    }
    throw new Error(`none of ${MOST_TRIES} ports from ${FIRST} on is free`);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(true)));
  });
}
