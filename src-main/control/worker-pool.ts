/**
 * The data planes: worker threads that share the proxies of instances on this machine, and pods, each
 * with the one proxy of its instance. Where each proxy lives, and what they answer.
 */
import { availableParallelism } from 'node:os';
import type { Clock } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import type { CapturedExchange, Lost } from '../proxy/capture/captured.ts';
import type { ProxyConfig } from '../proxy/config.ts';
import type { HopBatch } from '../proxy/hop.ts';
import type {
  DataPlaneLink,
  EndpointJudgement,
  FromWorker,
  UpstreamUse,
} from '../proxy/messages.ts';

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
  /**
   * A thread has died and a new one stands in its place, empty: its proxies must be pushed anew. Of a
   * pod that is gone its runtime tells.
   */
  onWorkerLost(nodes: readonly string[], reason: string): void;
}

export type PushAnswer = Extract<FromWorker, { type: 'applied' | 'refused' }>;

interface Member {
  readonly id: number;
  readonly link: DataPlaneLink;
  readonly nodes: Set<string>;
  readonly ended: Promise<void>;
}

/**
 * A thread answers or dies; a pod may be paused, or its machine asleep, and must not hold up the others:
 * what it is told it gets all the same, and it is told again.
 */
const POD_PATIENCE: Milliseconds = 5_000;

/** Leaves a core to the engine and the services, and more than four threads no laptop needs. */
export function defaultWorkerCount(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

export class WorkerPool {
  readonly #startThread: () => DataPlaneLink;
  readonly #events: WorkerPoolEvents;
  readonly #clock: Clock;
  readonly #threads: Member[];
  /** By the node that lives there alone. */
  readonly #pods = new Map<string, Member>();
  readonly #waiting = new Map<string, (answer: PushAnswer) => void>();
  readonly #removing = new Map<string, () => void>();
  #nextId = 0;
  #closed = false;

  /** `startThread` opens a new worker thread, `count` of them at once and one for each that dies. */
  constructor(
    startThread: () => DataPlaneLink,
    count: number,
    events: WorkerPoolEvents,
    clock: Clock,
  ) {
    this.#clock = clock;
    this.#startThread = startThread;
    this.#events = events;
    this.#threads = Array.from({ length: count }, () => this.#openThread());
  }

  /** From now on the proxy `node` lives in this pod, until its line ends or another one is adopted. */
  adopt(node: string, link: DataPlaneLink): void {
    const member = this.#join(link, (reason) => {
      if (this.#pods.get(node) === member) this.#pods.delete(node);
      this.#answerForTheDead(member, reason);
    });
    member.nodes.add(node);
    this.#pods.set(node, member);
  }

  /** Sends a configuration to the proxy's home; a new proxy goes to the thread with the fewest. */
  push(config: ProxyConfig): Promise<PushAnswer> {
    const node = config.node.id;
    const member = this.#memberOf(node) ?? this.#emptiest();
    member.nodes.add(node);
    const key = `${node} ${config.version}`;
    const answered = new Promise<PushAnswer>((resolve) => this.#waiting.set(key, resolve));
    member.link.send({ type: 'configure', config });
    if (!this.#pods.has(node)) return answered;
    const late = this.#clock.after(POD_PATIENCE, () => {
      const reason = `its pod did not answer within ${POD_PATIENCE} ms`;
      this.#answer(key, {
        type: 'refused',
        node,
        version: config.version,
        runs: undefined,
        reason,
      });
    });
    return answered.finally(() => late.cancel());
  }

  /** `drain`: milliseconds that exchanges have to end. */
  remove(node: string, drain: number): Promise<void> {
    const member = this.#memberOf(node);
    if (!member) return Promise.resolve();
    const removed = new Promise<void>((resolve) => this.#removing.set(node, resolve));
    member.link.send({ type: 'remove', node, drain });
    if (!this.#pods.has(node)) return removed;
    const late = this.#clock.after(drain + POD_PATIENCE, () => this.#onRemoved(node));
    return removed.finally(() => late.cancel());
  }

  /** Ends the threads. Pods are ended by who made them. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { link } of this.#threads) link.send({ type: 'stop' });
    await Promise.all(this.#threads.map(({ ended }) => ended));
  }

  #openThread(): Member {
    const member = this.#join(this.#startThread(), (reason) => this.#onThreadEnd(member, reason));
    return member;
  }

  #join(link: DataPlaneLink, onEnd: (reason: string) => void): Member {
    let tellEnd = (): void => {};
    const ended = new Promise<void>((resolve) => (tellEnd = resolve));
    const member: Member = { id: this.#nextId++, link, nodes: new Set(), ended };
    link.listen({
      onMessage: (message) => this.#onMessage(member, message),
      onEnd: (reason) => {
        onEnd(reason);
        tellEnd();
      },
    });
    return member;
  }

  #onMessage(member: Member, message: FromWorker): void {
    switch (message.type) {
      case 'applied':
      case 'refused':
        this.#answer(`${message.node} ${message.version}`, message);
        break;
      case 'removed':
        member.nodes.delete(message.node);
        this.#onRemoved(message.node);
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

  #answer(key: string, answer: PushAnswer): void {
    this.#waiting.get(key)?.(answer);
    this.#waiting.delete(key);
  }

  #onRemoved(node: string): void {
    this.#removing.get(node)?.();
    this.#removing.delete(node);
  }

  #onThreadEnd(member: Member, reason: string): void {
    if (this.#closed) return;
    this.#threads[this.#threads.indexOf(member)] = this.#openThread();
    this.#answerForTheDead(member, reason);
    this.#events.onWorkerLost([...member.nodes], reason);
  }

  /** Whoever waits for an answer of the dead gets one. */
  #answerForTheDead(member: Member, reason: string): void {
    for (const node of member.nodes) {
      for (const [key, resolve] of this.#waiting) {
        if (!key.startsWith(`${node} `)) continue;
        this.#waiting.delete(key);
        const version = Number(key.slice(node.length + 1));
        resolve({ type: 'refused', node, version, runs: undefined, reason });
      }
      this.#onRemoved(node);
    }
  }

  #memberOf(node: string): Member | undefined {
    return this.#pods.get(node) ?? this.#threads.find(({ nodes }) => nodes.has(node));
  }

  #emptiest(): Member {
    return this.#threads.reduce((best, one) => (one.nodes.size < best.nodes.size ? one : best));
  }
}
