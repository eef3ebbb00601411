/**
 * Makes a mesh run: identities, proxies and instances, and keeps the proxies' configurations in step
 * with the document, the instances that are ready, and the certificates.
 */
import { systemChance } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import { GATEWAY } from '../control/compile/input.ts';
import type { FaultyInstance } from '../control/compile/input.ts';
import { INBOUND_LISTENER, LOOPBACK, outboundListener } from '../control/compile/proxies.ts';
import type { PushRefusal } from '../control/push.ts';
import type { WorkerPoolEvents } from '../control/worker-pool.ts';
import { createAuthority } from '../identity/authority.ts';
import type { Authority } from '../identity/authority.ts';
import { FaultyLeaves } from '../identity/faulty-leaves.ts';
import type { ProxyConfig } from '../proxy/config.ts';
import type { UpstreamUse } from '../proxy/messages.ts';
import type { Pod } from '../runtime/docker/pod.ts';
import { diffInstances, placeOf, planInstances } from '../runtime/instance.ts';
import type { InstanceSpec } from '../runtime/instance.ts';
import type { InstanceReport, InstanceWiring, Runtime } from '../runtime/runtime.ts';
import type { Mesh } from '../spec/mesh.ts';
import { MtlsTransition } from './mtls-transition.ts';
import { PushRetry } from './push-retry.ts';
import { EnabledSince } from './enabled-since.ts';
import type { Failover } from './failed-over.ts';
import type { InstanceFacts } from './instance-facts.ts';
import { HandOvers } from './hand-overs.ts';
import { wiringOf } from './instance-wiring.ts';
import { MeshGateway } from './mesh-gateway.ts';
import { Judgements } from './judgements.ts';
import type { JudgementEvents } from './judgements.ts';
import { Leaves } from './leaves.ts';
import { Proxies } from './proxies.ts';
import type { Instance, Surroundings } from './proxies.ts';

type Reported = Pick<WorkerPoolEvents, 'onHops' | 'onCaptured' | 'onHandshakeFailed'>;

export interface RunnerEvents extends Reported, JudgementEvents {
  onRemoved(id: string): void;
  /** A proxy of `from`, a service or `gateway`, uses another share of what it calls. */
  onUse(from: string, use: UpstreamUse): void;
  /** Its proxy is gone, with all that it has used. */
  onProxyGone(node: string): void;
  onEvent(severity: 'info' | 'warning' | 'error', message: string, subject?: string): void;
}

export interface RunnerOptions {
  readonly mesh: Mesh;
  readonly clock: Clock;
  readonly runtime: Runtime;
  /** The built worker file. */
  readonly workerEntry: string;
  readonly workers: number;
  /** Captures that want no more requests. */
  spentCaptures(): ReadonlySet<string>;
  faultyInstances(): readonly FaultyInstance[];
  readonly events: RunnerEvents;
}

/** A removed instance's exchanges have this long to end, in milliseconds. */
const DRAIN = 2_000;

export class MeshRunner {
  /** The proxies' certificates. */
  readonly leaves: Leaves;
  readonly gateway: MeshGateway;
  readonly #options: RunnerOptions;
  readonly #authority: Authority;
  readonly #faultyLeaves: FaultyLeaves;
  readonly #proxies: Proxies;
  readonly #instances = new Map<string, Instance>();
  readonly #transition: MtlsTransition;
  readonly #pushRetry: PushRetry;
  readonly #enabledSince: EnabledSince;
  readonly #handOvers = new HandOvers();
  readonly #judgements: Judgements;
  #mesh: Mesh;
  #syncing: Promise<unknown> = Promise.resolve();
  /** A push that has not begun. */
  #due: Promise<void> | undefined;
  #closed = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#mesh = options.mesh;
    this.#judgements = new Judgements(options.events);
    this.#pushRetry = new PushRetry(options.clock, () => void this.sync());
    this.#transition = new MtlsTransition(options.clock, () => void this.sync());
    this.#enabledSince = new EnabledSince(options.clock);
    this.#authority = createAuthority(options.mesh.name, options.clock);
    this.#faultyLeaves = new FaultyLeaves(this.#authority, options.clock);
    this.leaves = this.#createLeaves();
    this.#proxies = this.#createProxies();
    this.gateway = new MeshGateway(this.#proxies.pusher, this.leaves);
  }

  /** That runs: what is refused never does. */
  get mesh(): Mesh {
    return this.#mesh;
  }

  get trustBundle(): string {
    return this.#authority.trustBundle;
  }

  /** Of an instance's listener for what it calls, on loopback. */
  outboundPort(id: string, callee: string): number | undefined {
    return this.#proxies.ports(id)[outboundListener(callee)];
  }

  facts(id: string): InstanceFacts | undefined {
    const instance = this.#instances.get(id);
    const leaf = this.leaves.leaf(id);
    if (!instance || !leaf) return undefined;
    const home = this.#proxies.homes.get(id)?.pod.addresses.host;
    const port = home?.port ?? this.#proxies.ports(id)[INBOUND_LISTENER];
    const inbound = port === undefined ? undefined : `${LOOPBACK}:${port}`;
    const { report, spec } = instance;
    return { spec, report, leaf, inbound, avoided: this.#judgements.avoidances(id) };
  }

  /** Of a proxy: the service of its instance, or `gateway`. */
  readonly serviceOf = (node: string): string =>
    this.#instances.get(node)?.spec.service.name ?? node;

  /** Of all proxies. */
  failovers(): Failover[] {
    return this.#judgements.failovers();
  }

  ids(): string[] {
    return [...this.#instances.keys()];
  }

  /** First the gateway, so that a port in use is known before anything is started. */
  async start(): Promise<PushRefusal[]> {
    const refusals = await this.#pushGateway(this.#mesh);
    if (refusals.length > 0) return refusals;
    await this.#add(planInstances(this.#mesh));
    return [];
  }

  /** Brings what runs in step with the mesh; a refusal means that nothing has changed. */
  apply(mesh: Mesh): Promise<PushRefusal[]> {
    return this.#inTurn(async () => {
      const before = this.#mesh;
      const isOpened = this.#transition.begin(before, mesh);
      if (isOpened) await this.#pushSidecars(this.#instances.keys());
      this.#mesh = mesh;
      const refusals = await this.#pushGateway(mesh);
      if (refusals.length > 0) {
        this.#mesh = before;
        await this.#pushGateway(before);
        return refusals;
      }
      await this.#changeInstances(before, mesh);
      return [];
    });
  }

  onReport(report: InstanceReport): void {
    const instance = this.#instances.get(report.id);
    if (!instance) return;
    const wasReady = instance.report?.status === 'ready';
    instance.report = report;
    this.#options.events.onInstance(report.id);
    if (wasReady === (report.status === 'ready')) return;
    void this.sync();
    if (report.status === 'ready') this.#takeOver(report.id);
  }

  /** The proxy of an instance is to live in this pod. @throws Error where it does not get to run there */
  async onPod(id: string, pod: Pod, port: number): Promise<void> {
    if (!this.#instances.has(id)) throw new Error(`${id} is not wanted any more`);
    await this.#proxies.enterPod(this.#mesh, { id, pod, port }, this.gateway.port(this.#mesh));
    // With the first pod, the others get listeners for pods.
    void this.sync();
  }

  onPodGone(id: string): void {
    this.#proxies.leavePod(id);
    this.#judgements.forget(id);
    this.#options.events.onProxyGone(id);
  }

  /**
   * The gateway first: once it has drained, nothing from outside is under way any more. Then all at
   * once: a service that ends gently waits until its sidecar lets go of its connections.
   */
  async close(): Promise<void> {
    this.#closed = true;
    this.#transition.close();
    this.#pushRetry.close();
    this.leaves.close();
    await this.#syncing;
    await this.#proxies.remove(GATEWAY, DRAIN);
    await Promise.all([this.#options.runtime.close(), this.#proxies.close()]);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#syncing.then(task);
    // One failure must not stop what comes after it; who asked for it is told.
    this.#syncing = done.catch(() => undefined);
    return done;
  }

  /**
   * Resolves when the proxies have been told of what has changed until now. Many instances become ready
   * at once: one push for all of them.
   */
  sync(): Promise<void> {
    return (this.#due ??= this.#inTurn(async () => {
      this.#due = undefined;
      if (!this.#closed) await this.#pushAll();
    }));
  }

  async #changeInstances(before: Mesh, after: Mesh): Promise<void> {
    const changes = diffInstances(planInstances(before), planInstances(after));
    for (const spec of planInstances(after)) {
      const known = this.#instances.get(spec.id);
      if (!known) continue;
      const isMoved = placeOf(known.spec) !== placeOf(spec);
      known.spec = spec;
      if (isMoved) this.#options.events.onInstance(spec.id);
    }
    const { added, removed } = this.#handOvers.plan(changes);
    // Out of everybody's endpoints first, then stopped.
    for (const id of removed) this.#forgetReport(id);
    await this.#pushAll();
    await Promise.all([
      ...removed.map((id) => this.#remove(id)),
      ...changes.restarted.map((spec) => this.#replace(spec)),
      this.#add(added),
    ]);
  }

  /** What this one stands for goes, as soon as all know of this one. */
  #takeOver(id: string): void {
    const old = this.#handOvers.takeOver(id);
    if (old === undefined) return;
    this.#options.events.onEvent('info', `${id} takes over from ${old}`, id);
    void this.#inTurn(async () => {
      if (this.#closed) return;
      await this.#pushAll();
      this.#forgetReport(old);
      await this.#pushAll();
      await this.#remove(old);
    });
  }

  #forgetReport(id: string): void {
    const instance = this.#instances.get(id);
    if (instance) instance.report = undefined;
  }

  async #add(specs: readonly InstanceSpec[]): Promise<void> {
    const { runtime } = this.#options;
    await Promise.all(
      specs.map(async (spec) => {
        const workloadPort = await runtime.prepare(spec);
        this.leaves.issue(spec.id, this.#mesh.namespace, spec.service.name);
        this.#instances.set(spec.id, { spec, workloadPort, report: undefined });
      }),
    );
    await this.#pushSidecars(specs.map(({ id }) => id));
    for (const spec of specs) this.#startInstance(spec);
  }

  #startInstance(spec: InstanceSpec): void {
    const wiring = this.wiring(spec);
    if (wiring) this.#options.runtime.start(spec, wiring);
  }

  async #replace(spec: InstanceSpec): Promise<void> {
    const wiring = this.wiring(spec);
    if (wiring) await this.#options.runtime.replace(spec, wiring);
  }

  /** The configuration that a proxy runs: an instance's sidecar, or `gateway`. */
  config(node: string): ProxyConfig | undefined {
    return this.#proxies.config(node);
  }

  /** What an instance is told of its surroundings; undefined where it is not there. */
  wiring(spec: InstanceSpec): InstanceWiring | undefined {
    const port = this.#instances.get(spec.id)?.workloadPort;
    return port === undefined
      ? undefined
      : wiringOf(this.#mesh, spec, port, this.#proxies.ports(spec.id));
  }

  async #remove(id: string): Promise<void> {
    // What it is still asked is answered first.
    await this.#proxies.remove(id, DRAIN);
    await this.#options.runtime.stop(id);
    this.#judgements.forget(id);
    this.leaves.forget(id);
    this.#instances.delete(id);
    this.#proxies.forgetPorts(id);
    this.#options.events.onProxyGone(id);
    this.#options.events.onRemoved(id);
  }

  #createLeaves(): Leaves {
    const { clock, events } = this.#options;
    return new Leaves({
      clock,
      chance: systemChance,
      authority: this.#authority,
      onRenewed: (key) => {
        void this.sync();
        events.onEvent('info', `certificate of ${key} renewed`, key);
        if (this.#instances.has(key)) events.onInstance(key);
      },
      onFailure: (key, error, wait) =>
        events.onEvent(
          'error',
          `certificate of ${key} not renewed: ${error.message}; again in ${wait} ms`,
          key,
        ),
    });
  }

  #onWorkerLost(nodes: readonly string[], reason: string): void {
    const { events } = this.#options;
    events.onEvent('error', `a data plane worker died and is replaced: ${reason}`);
    for (const node of nodes) {
      this.#proxies.forget(node);
      this.#judgements.forget(node);
      events.onProxyGone(node);
    }
    void this.sync();
  }

  async #pushAll(): Promise<void> {
    const refusals = await Promise.all([
      this.#pushGateway(this.#mesh),
      this.#pushSidecars(this.#instances.keys()),
    ]);
    this.#proxies.tellRefusals('gateway', refusals[0]);
    if (!this.#closed) this.#pushRetry.note(refusals.flat().length > 0);
  }

  #pushGateway(mesh: Mesh): Promise<PushRefusal[]> {
    return this.gateway.push(mesh, this.#proxies.input(mesh));
  }

  #pushSidecars(ids: Iterable<string>): Promise<PushRefusal[]> {
    return this.#proxies.pushSidecars(this.#mesh, ids);
  }

  #createProxies(): Proxies {
    const { clock, workerEntry, workers, events } = this.#options;
    return new Proxies({
      clock,
      workerEntry,
      workers,
      instances: this.#instances,
      surroundings: (mesh) => this.#surroundings(mesh),
      leaf: (node) => this.leaves.leaf(node),
      events: {
        ...events,
        onUse: (uses) => uses.forEach((use) => events.onUse(this.serviceOf(use.node), use)),
        onJudgement: (node, judgement) => this.#judgements.take(node, judgement),
        onWorkerLost: (nodes, reason) => this.#onWorkerLost(nodes, reason),
      },
    });
  }

  #surroundings(mesh: Mesh): Surroundings {
    return {
      spiffeId: (service) => this.#authority.spiffeId(mesh.namespace, service),
      trustBundle: this.#authority.trustBundle,
      faultyLeaf: (service, flaw) => this.#faultyLeaves.leaf(mesh.namespace, service, flaw),
      inTransition: this.#transition.services,
      faultsSince: this.#enabledSince.update(mesh),
      spentCaptures: this.#options.spentCaptures(),
      faultyInstances: this.#options.faultyInstances(),
    };
  }
}
