/**
 * One proxy, a sidecar or the gateway: it owns listeners and clusters, and replaces its whole
 * configuration at once or not at all.
 *
 *     listener ─► connection ─► codec ─► exchange ─► router ─► attempt ─► filters ─► cluster ─► pool
 *     accept,     one per       strict   one per     first     one per    faults     which      which
 *     mutual TLS  caller        parser   request     match     try                   endpoint   connection
 */
import { isDeepStrictEqual } from 'node:util';
import { Cluster } from './cluster/cluster.ts';
import type { ClusterConfig, ListenerConfig, ProxyConfig, ServerCertificate } from './config.ts';
import type { DataPlaneServices } from './exchange/context.ts';
import { Listener } from './listener/listener.ts';
import type { HandshakeFailed } from './listener/listener.ts';
import { createServerMaterial, createTlsMaterial } from './listener/tls-material.ts';
import type { ServerMaterial, TlsMaterial } from './listener/tls-material.ts';
import type { EndpointJudgement, UpstreamUse } from './messages.ts';
import { Shadows } from './mirror/shadows.ts';
import { indexRoutes } from './router/route-index.ts';
import { compileRoutes } from './router/route.ts';
import type { Timer } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';

/** A configuration was refused; the one before still runs. */
export class ConfigRefused extends Error {
  readonly code: string | undefined;
  readonly listener: string | undefined;

  constructor(reason: string, code?: string, listener?: string) {
    super(reason);
    this.code = code;
    this.listener = listener;
  }
}

/** Callers know already that it goes, but a connection to it may be on its way. */
const LATE_ARRIVALS: Milliseconds = 100;

export class Proxy {
  readonly #services: DataPlaneServices;
  readonly #onHandshakeFailed: HandshakeFailed;
  readonly #listeners = new Map<string, Listener>();
  readonly #shadows = new Shadows();
  #clusters = new Map<string, Cluster>();
  #material: TlsMaterial | undefined;
  /** Of the listeners where TLS of outside ends, by their names. */
  #servers: ReadonlyMap<string, ServerMaterial> = new Map();
  #config: ProxyConfig | undefined;
  #avoidedChanged = false;
  #applying: Promise<unknown> = Promise.resolve();

  constructor(services: DataPlaneServices, onHandshakeFailed: HandshakeFailed) {
    this.#services = services;
    this.#onHandshakeFailed = onHandshakeFailed;
  }

  /** The version that runs. */
  get version(): number | undefined {
    return this.#config?.version;
  }

  /** The bound port of each listener. */
  get ports(): Record<string, number> {
    return Object.fromEntries([...this.#listeners].map(([name, one]) => [name, one.port]));
  }

  /** One configuration after the other. @throws ConfigRefused; then nothing has changed. */
  apply(config: ProxyConfig): Promise<void> {
    const applied = this.#applying.then(() => this.#apply(config));
    // The queue goes on after a refusal; who asked gets the refusal itself.
    this.#applying = applied.catch(() => undefined);
    return applied;
  }

  sweep(): void {
    for (const listener of this.#listeners.values()) listener.sweep();
    for (const cluster of this.#clusters.values()) for (const pool of cluster.pools) pool.sweep();
  }

  /** What is made of the endpoints, where that has changed since it was last asked for. */
  takeJudgement(): EndpointJudgement | undefined {
    if (!this.#avoidedChanged) return undefined;
    this.#avoidedChanged = false;
    const clusters = [...this.#clusters.values()];
    return {
      endpoints: clusters.flatMap((cluster) => cluster.avoided()),
      failedOver: clusters.flatMap((cluster) => cluster.failedOver() ?? []),
    };
  }

  /** How much of its clusters is in use, where that has changed since it was last asked for. */
  takeUse(): UpstreamUse[] {
    const node = this.#config?.node.id ?? '';
    const uses: UpstreamUse[] = [];
    for (const { config, breaker } of this.#clusters.values()) {
      const use = breaker.takeUse();
      if (use)
        uses.push({ node, service: config.service, version: config.workloadVersion, ...use });
    }
    return uses;
  }

  /** Lets exchanges end for `drain` milliseconds at most, then closes everything. */
  async remove(drain: Milliseconds): Promise<void> {
    let timer: Timer | undefined;
    await Promise.race([
      this.#drain(),
      new Promise<void>((resolve) => (timer = this.#services.clock.after(drain, resolve))),
    ]);
    timer?.cancel();
    this.destroy();
  }

  /** The callers' side first: what its workload is still asked may need others to be answered. */
  async #drain(): Promise<void> {
    const listeners = [...this.#listeners.values()];
    const inbound = listeners.filter(({ context }) => context.listener.direction === 'inbound');
    if (inbound.length > 0) await this.#pause(LATE_ARRIVALS);
    await Promise.all(inbound.map((listener) => listener.drain()));
    await Promise.all(listeners.map((listener) => listener.drain()));
  }

  #pause(duration: Milliseconds): Promise<void> {
    return new Promise((resolve) => void this.#services.clock.after(duration, resolve));
  }

  destroy(): void {
    for (const listener of this.#listeners.values()) listener.destroy();
    this.#listeners.clear();
    this.#shadows.destroy();
    for (const cluster of this.#clusters.values()) cluster.destroy();
    this.#clusters.clear();
  }

  async #apply(config: ProxyConfig): Promise<void> {
    refuseWrongReferences(config);
    const material = this.#materialFor(config);
    const servers = serverMaterials(config.listeners, this.#servers);
    const fresh = await this.#bindNew(config.listeners);
    // From here on nothing can fail, and nothing waits.
    for (const listener of fresh) this.#listeners.set(listener.name, listener);
    this.#config = config;
    this.#material = material;
    this.#servers = servers;
    this.#replaceClusters(config, material);
    this.#configureListeners(config, material);
  }

  #materialFor(config: ProxyConfig): TlsMaterial | undefined {
    const { identity } = config;
    if (!identity) return undefined;
    const before = this.#material;
    const same =
      before?.config.certificateChain === identity.certificateChain &&
      JSON.stringify(before.config.faulty) === JSON.stringify(identity.faulty) &&
      before.config.trustBundle === identity.trustBundle;
    if (same) return before;
    try {
      return createTlsMaterial(identity);
    } catch (error) {
      throw new ConfigRefused(`the identity cannot be used: ${(error as Error).message}`);
    }
  }

  async #bindNew(configs: readonly ListenerConfig[]): Promise<Listener[]> {
    const fresh: Listener[] = [];
    for (const config of configs) {
      if (this.#listeners.has(config.name)) continue;
      const listener = new Listener(config.name, this.#onHandshakeFailed);
      try {
        await listener.bind(config);
      } catch (error) {
        for (const bound of fresh) bound.destroy();
        const { code, message } = error as NodeJS.ErrnoException;
        throw new ConfigRefused(message, code, config.name);
      }
      fresh.push(listener);
    }
    return fresh;
  }

  #replaceClusters(config: ProxyConfig, material: TlsMaterial | undefined): void {
    const before = this.#clusters;
    const { chance, clock, ids } = this.#services;
    const onAvoided = (): void => void (this.#avoidedChanged = true);
    const context = { clock, chance, ids, limits: config.limits, material, onAvoided };
    this.#clusters = new Map(
      config.clusters.map((one) => [one.name, new Cluster(one, context, before.get(one.name))]),
    );
    for (const [name, cluster] of before) cluster.handOver(this.#clusters.get(name));
  }

  #configureListeners(config: ProxyConfig, material: TlsMaterial | undefined): void {
    const { clock, chance } = this.#services;
    const { id, workloadVersion } = config.node;
    const place = { clock, chance, node: id, nodeVersion: workloadVersion };
    for (const one of config.listeners) {
      const listener = this.#listeners.get(one.name) as Listener;
      const routes = compileRoutes(one.routes, listener.routes, place);
      const { limits, node } = config;
      const findRoute = indexRoutes(routes);
      const owned = { clusters: this.#clusters, shadows: this.#shadows };
      const context = { node, listener: one, routes, findRoute, limits, ...owned };
      const tls = this.#servers.get(one.name) ?? (one.mtls === 'disabled' ? undefined : material);
      listener.configure({ ...context, services: this.#services }, tls);
    }
    this.#dropListeners(new Set(config.listeners.map(({ name }) => name)));
  }

  #dropListeners(kept: ReadonlySet<string>): void {
    for (const [name, listener] of this.#listeners) {
      if (kept.has(name)) continue;
      this.#listeners.delete(name);
      void listener.drain().then(() => listener.destroy());
    }
  }
}

/** Those that are as they were are kept. @throws ConfigRefused where one cannot be used. */
function serverMaterials(
  listeners: readonly ListenerConfig[],
  before: ReadonlyMap<string, ServerMaterial>,
): Map<string, ServerMaterial> {
  const materials = new Map<string, ServerMaterial>();
  for (const { name, tls } of listeners) {
    if (!tls) continue;
    const known = before.get(name);
    if (known && isDeepStrictEqual(known.server, tls)) materials.set(name, known);
    else materials.set(name, serverMaterial(name, tls));
  }
  return materials;
}

function serverMaterial(listener: string, certificate: ServerCertificate): ServerMaterial {
  try {
    return createServerMaterial(certificate);
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigRefused(`its certificate cannot be used: ${message}`, undefined, listener);
  }
}

/** @throws ConfigRefused where the configuration cannot work as it stands. */
function refuseWrongReferences(config: ProxyConfig): void {
  const clusters = new Map<string, ClusterConfig>(config.clusters.map((one) => [one.name, one]));
  const wantsIdentity =
    config.listeners.some(({ mtls }) => mtls !== 'disabled') ||
    config.clusters.some(({ mtls }) => mtls);
  if (wantsIdentity && !config.identity) throw new ConfigRefused('mTLS is wanted without identity');
  for (const listener of config.listeners) {
    for (const route of listener.routes) {
      const { mirror, overrides, split } = route;
      const used = [...split, ...overrides, ...(mirror?.split ?? [])].map(({ cluster }) => cluster);
      const unknown = used.find((name) => !clusters.has(name));
      if (unknown !== undefined) {
        throw new ConfigRefused(`route ${route.name} leads to unknown cluster ${unknown}`);
      }
      if (!route.split.some(({ weight }) => weight > 0)) {
        throw new ConfigRefused(`route ${route.name} has no positive weight`);
      }
    }
  }
}
