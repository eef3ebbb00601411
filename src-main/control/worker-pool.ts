/** The data plane's worker threads: where each proxy lives, and what they answer. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CapturedExchange, Lost } from '../proxy/capture/captured.ts';
import type { ProxyConfig } from '../proxy/config.ts';
import type { HopBatch } from '../proxy/hop.ts';
import type { EndpointJudgement, FromWorker, ToWorker, UpstreamUse } from '../proxy/messages.ts';

export interface WorkerPoolEvents {
  /** Batches of one worker come in order; `worker` is never used again after it died. */
  onHops(worker: number, batch: HopBatch): void;
  /** Messages of exchanges whose hops have come in a batch before. */
  onCaptured(exchanges: readonly CapturedExchange[], lost: Lost): void;
  onHandshakeFailed(node: string, listener: string, reason: string): void;
  /** All that a proxy leaves out now, and how it has failed over. */
  onJudgement(node: string, judgement: EndpointJudgement): void;
  /** What proxies use of what they call, where that has changed. */
  onUse(uses: readonly UpstreamUse[]): void;
  /** The worker has died and a new one stands in its place, empty: its proxies must be pushed anew. */
  onWorkerLost(nodes: readonly string[], reason: string): void;
}

export type PushAnswer = Extract<FromWorker, { type: 'applied' | 'refused' }>;

interface Member {
  readonly id: number;
  readonly worker: Worker;
  readonly nodes: Set<string>;
}

/** Leaves a core to the engine and the services, and more than four threads no laptop needs. */
export function defaultWorkerCount(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

export class WorkerPool {
  readonly #entry: string;
  readonly #events: WorkerPoolEvents;
  readonly #members: Member[];
  readonly #waiting = new Map<string, (answer: PushAnswer) => void>();
  readonly #removing = new Map<string, () => void>();
  #nextId = 0;
  #closed = false;

  /** `entry`: the built worker file. */
  constructor(entry: string, count: number, events: WorkerPoolEvents) {
    this.#entry = entry;
    this.#events = events;
    this.#members = Array.from({ length: count }, () => this.#start());
  }

  /** Sends a configuration to the proxy's worker; a new proxy goes to the worker with the fewest. */
  push(config: ProxyConfig): Promise<PushAnswer> {
    const node = config.node.id;
    const member = this.#memberOf(node) ?? this.#emptiest();
    member.nodes.add(node);
    return new Promise((resolve) => {
      this.#waiting.set(`${node} ${config.version}`, resolve);
      send(member, { type: 'configure', config });
    });
  }

  /** `drain`: milliseconds that exchanges have to end. */
  remove(node: string, drain: number): Promise<void> {
    const member = this.#memberOf(node);
    if (!member) return Promise.resolve();
    return new Promise((resolve) => {
      this.#removing.set(node, resolve);
      send(member, { type: 'remove', node, drain });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ended = this.#members.map(
      ({ worker }) => new Promise<void>((resolve) => void worker.once('exit', () => resolve())),
    );
    for (const member of this.#members) send(member, { type: 'stop' });
    await Promise.all(ended);
  }

  #start(): Member {
    const member: Member = {
      id: this.#nextId++,
      worker: new Worker(this.#entry, { name: 'data-plane' }),
      nodes: new Set(),
    };
    let reason = 'it ended';
    member.worker.on('message', (message: FromWorker) => this.#onMessage(member, message));
    member.worker.on('error', (error) => (reason = error.stack ?? error.message));
    member.worker.on('exit', () => this.#onExit(member, reason));
    return member;
  }

  #onMessage(member: Member, message: FromWorker): void {
    switch (message.type) {
      case 'applied':
      case 'refused': {
        const key = `${message.node} ${message.version}`;
        this.#waiting.get(key)?.(message);
        this.#waiting.delete(key);
        break;
      }
      case 'removed':
        member.nodes.delete(message.node);
        this.#removing.get(message.node)?.();
        this.#removing.delete(message.node);
        break;
      case 'handshake-failed':
        this.#events.onHandshakeFailed(message.node, message.listener, message.reason);
        break;
      case 'avoided':
        this.#events.onJudgement(message.node, message);
        break;
      case 'use':
        this.#events.onUse(message.uses);
        break;
      case 'captured':
        this.#events.onCaptured(message.exchanges, message.lost);
        break;
      case 'hops':
        this.#events.onHops(member.id, message.batch);
        break;
    }
  }

  #onExit(member: Member, reason: string): void {
    if (this.#closed) return;
    const nodes = [...member.nodes];
    this.#members[this.#members.indexOf(member)] = this.#start();
    // Whoever waits for an answer of the dead gets one.
    for (const node of nodes) {
      for (const [key, resolve] of this.#waiting) {
        if (!key.startsWith(`${node} `)) continue;
        this.#waiting.delete(key);
        const version = Number(key.slice(node.length + 1));
        resolve({ type: 'refused', node, version, runs: undefined, reason });
      }
      this.#removing.get(node)?.();
      this.#removing.delete(node);
    }
    this.#events.onWorkerLost(nodes, reason);
  }

  #memberOf(node: string): Member | undefined {
    return this.#members.find(({ nodes }) => nodes.has(node));
  }

  #emptiest(): Member {
    return this.#members.reduce((best, one) => (one.nodes.size < best.nodes.size ? one : best));
  }
}

function send(member: Member, message: ToWorker): void {
  member.worker.postMessage(message);
}
