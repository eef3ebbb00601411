/** All proxies of one worker, driven by the engine's messages. */
import type { Chance } from '../base/chance.ts';
import type { Clock, Timer } from '../base/clock.ts';
import { TurnClock } from '../base/turn-clock.ts';
import { CaptureBuffer } from './capture/capture-buffer.ts';
import type { ProxyConfig } from './config.ts';
import type { DataPlaneServices } from './exchange/context.ts';
import { IdSource } from './exchange/trace-context.ts';
import { HopWriter } from './hop-writer.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { ConfigRefused, Proxy } from './proxy.ts';

/** Hops go to the engine 20 times a second. */
const FLUSH_INTERVAL = 50;
/** Endpoints that are left out are told four times a second at most. */
const AVOIDED_INTERVAL = 250;
const SWEEP_INTERVAL = 1_000;

export class DataPlane {
  readonly #services: DataPlaneServices;
  readonly #proxies = new Map<string, Proxy>();
  readonly #send: (message: FromWorker) => void;
  #flushTimer: Timer | undefined;
  #sweepTimer: Timer | undefined;
  #avoidedTimer: Timer | undefined;
  /** Proxies that are known to leave an endpoint out, or to have failed over. */
  readonly #avoiding = new Set<string>();

  constructor(send: (message: FromWorker) => void, clock: Clock, chance: Chance) {
    this.#send = send;
    const hops = new HopWriter((batch) => send({ type: 'hops', batch }));
    const captures = new CaptureBuffer((exchanges, lost) =>
      send({ type: 'captured', exchanges, lost }),
    );
    this.#services = {
      clock: new TurnClock(clock),
      chance,
      hops,
      captures,
      ids: new IdSource(chance),
    };
    this.#flushLater();
    this.#sweepLater();
    this.#tellAvoidedLater();
  }

  async handle(message: ToWorker): Promise<void> {
    if (message.type === 'configure') await this.#configure(message.config);
    else if (message.type === 'remove') await this.#remove(message.node, message.drain);
    else this.stop();
  }

  /** Sends the hops at hand and closes everything. */
  stop(): void {
    this.#flushTimer?.cancel();
    this.#sweepTimer?.cancel();
    this.#avoidedTimer?.cancel();
    for (const proxy of this.#proxies.values()) proxy.destroy();
    this.#proxies.clear();
    this.#flush();
  }

  async #configure(config: ProxyConfig): Promise<void> {
    const node = config.node.id;
    const { version } = config;
    const proxy = this.#proxies.get(node) ?? this.#create(node);
    try {
      await proxy.apply(config);
      this.#proxies.set(node, proxy);
      this.#send({ type: 'applied', node, version, ports: proxy.ports });
    } catch (error) {
      if (!(error instanceof ConfigRefused)) throw error;
      const { code, listener, message: reason } = error;
      this.#send({
        type: 'refused',
        node,
        version,
        runs: proxy.version,
        reason,
        ...(code !== undefined && { code }),
        ...(listener !== undefined && { listener }),
      });
    }
  }

  #create(node: string): Proxy {
    const proxy = new Proxy(this.#services, (listener, reason) => {
      this.#send({ type: 'handshake-failed', node, listener, reason });
    });
    this.#proxies.set(node, proxy);
    return proxy;
  }

  async #remove(node: string, drain: number): Promise<void> {
    const proxy = this.#proxies.get(node);
    this.#proxies.delete(node);
    this.#avoiding.delete(node);
    await proxy?.remove(drain);
    this.#flush();
    this.#send({ type: 'removed', node });
  }

  /** Hops first: who looks for the messages of a hop knows the hop. */
  #flush(): void {
    this.#services.hops.flush();
    this.#services.captures.flush();
  }

  #flushLater(): void {
    this.#flushTimer = this.#services.clock.after(FLUSH_INTERVAL, () => {
      this.#flush();
      this.#flushLater();
    });
  }

  #tellAvoidedLater(): void {
    this.#avoidedTimer = this.#services.clock.after(AVOIDED_INTERVAL, () => {
      for (const [node, proxy] of this.#proxies) this.#tellAvoided(node, proxy);
      this.#tellAvoidedLater();
    });
  }

  /** That there are none is said only where there were some. */
  #tellAvoided(node: string, proxy: Proxy): void {
    const judgement = proxy.takeJudgement();
    if (!judgement) return;
    const isAny = judgement.endpoints.length + judgement.failedOver.length > 0;
    if (!isAny && !this.#avoiding.has(node)) return;
    if (isAny) this.#avoiding.add(node);
    else this.#avoiding.delete(node);
    this.#send({ type: 'avoided', node, ...judgement });
  }

  #tellUse(): void {
    const uses = [...this.#proxies.values()].flatMap((proxy) => proxy.takeUse());
    if (uses.length > 0) this.#send({ type: 'use', uses });
  }

  #sweepLater(): void {
    this.#sweepTimer = this.#services.clock.after(SWEEP_INTERVAL, () => {
      for (const proxy of this.#proxies.values()) proxy.sweep();
      this.#tellUse();
      this.#sweepLater();
    });
  }
}
