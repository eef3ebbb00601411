/** The app before a real API server behind which no mesh runs: figures for one are told by a feed. */
import { join } from 'node:path';
import type { State } from '../../../src-main/api/contract/index.ts';
import type { Handlers } from '../../../src-main/api/rpc.ts';
import { createApiServer } from '../../../src-main/api/server.ts';
import type { ApiServer } from '../../../src-main/api/server.ts';
import { systemClock } from '../../../src-main/base/clock.ts';
import type { Timer } from '../../../src-main/base/clock.ts';
import { seededChance } from '../../../src-main/base/chance.ts';
import { packageFolder } from '../../../src-main/runtime/built-files.ts';
import { handlers } from '../../support/handlers.ts';
import { Feed, TICK, stateOf } from './feed.ts';

const SEED = 7;

export class ToldMesh {
  readonly feed: Feed;
  readonly #api: ApiServer;
  #timer: Timer | undefined;

  private constructor(feed: Feed, api: ApiServer) {
    this.feed = feed;
    this.#api = api;
    this.#tickLater();
  }

  /** `rate`: requests per second over all edges. */
  static async start(text: string, rate: number): Promise<ToldMesh> {
    const state = stateOf(text, `/bench/${text.length}/faultline.yaml`);
    const feed = new Feed(state.document.mesh, rate, seededChance(SEED));
    const api = await createApiServer({
      port: 0,
      rendererFolder: join(packageFolder(), 'out/renderer'),
      version: '0.0.0',
      handlers: handlersOf(state),
    });
    return new ToldMesh(feed, api);
  }

  get url(): string {
    return this.#api.url;
  }

  /** Tells at once what is otherwise told at the next tick. */
  tellNow(): void {
    this.#timer?.cancel();
    this.#tell();
    this.#tickLater();
  }

  async close(): Promise<void> {
    this.#timer?.cancel();
    await this.#api.close();
  }

  #tickLater(): void {
    this.#timer = systemClock.after(TICK, () => {
      this.#tell();
      this.#tickLater();
    });
  }

  #tell(): void {
    this.#api.broadcast(this.feed.tick(systemClock.wall()));
  }
}

/** What the app asks for by itself; whatever else it asks is refused. */
function handlersOf(state: State): Handlers {
  return handlers({
    subscribe: () => state,
    requests: () => ({ items: [], matched: 0, oldest: 1, kept: 0 }),
    series: () => ({ at: [], rate: [], errors: [], injected: [], p50: [], p95: [], p99: [] }),
    saturation: () => ({ at: [], connections: [], pending: [] }),
  });
}
