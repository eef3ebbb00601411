/** Brings configurations to their proxies: only what changed, each with a version of its own. */
import { isDeepStrictEqual } from 'node:util';
import type { ProxyConfig } from '../proxy/config.ts';
import type { PushAnswer, WorkerPool } from './worker-pool.ts';

export interface PushRefusal {
  readonly node: string;
  readonly reason: string;
  readonly code?: string;
  readonly listener?: string;
}

interface Running {
  readonly config: ProxyConfig;
  readonly ports: Readonly<Record<string, number>>;
}

export class Pusher {
  readonly #pool: WorkerPool;
  readonly #running = new Map<string, Running>();
  #version = 0;

  constructor(pool: WorkerPool) {
    this.#pool = pool;
  }

  /** Bound ports of a proxy's listeners, by listener name. */
  ports(node: string): Readonly<Record<string, number>> {
    return this.#running.get(node)?.ports ?? {};
  }

  /** The configuration that a proxy runs. */
  config(node: string): ProxyConfig | undefined {
    return this.#running.get(node)?.config;
  }

  /** Resolves when every proxy has answered; refusals are returned, and change nothing. */
  async push(configs: readonly ProxyConfig[]): Promise<PushRefusal[]> {
    const answers = await Promise.all(configs.map((config) => this.#pushOne(config)));
    return answers.flatMap((answer) => (answer?.type === 'refused' ? [answer] : []));
  }

  /** What the proxy ran is gone with its worker: the next push is a whole one. */
  forget(node: string): void {
    this.#running.delete(node);
  }

  async remove(node: string, drain: number): Promise<void> {
    this.#running.delete(node);
    await this.#pool.remove(node, drain);
  }

  async #pushOne(wanted: ProxyConfig): Promise<PushAnswer | undefined> {
    const node = wanted.node.id;
    const before = this.#running.get(node);
    if (before && isDeepStrictEqual({ ...before.config, version: 0 }, { ...wanted, version: 0 })) {
      return undefined;
    }
    const config = { ...wanted, version: ++this.#version };
    const answer = await this.#pool.push(config);
    if (answer.type === 'applied') this.#running.set(node, { config, ports: answer.ports });
    return answer;
  }
}
