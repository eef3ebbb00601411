/** One open mesh, wired: document, runner, telemetry, visitors, and the app's door. */
import { systemChance } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import type {
  Delta,
  EdgeState,
  InstanceState,
  NodeBadges,
  Problem,
  RequestSummary,
  State,
} from '../api/contract/index.ts';
import { Rollouts } from '../experiments/rollouts.ts';
import { Visitors } from '../experiments/visitors.ts';
import type { HopBatch } from '../proxy/hop.ts';
import { createRuntimes } from '../runtime/create-runtimes.ts';
import type { InstanceReport } from '../runtime/runtime.ts';
import { historyFolder } from '../runtime/process/run-record.ts';
import type { Runtimes } from '../runtime/runtimes.ts';
import type { RuntimeChoice } from '../spec/document/normalize-workload.ts';
import type { GatewayTcpRoute, Mesh } from '../spec/mesh.ts';
import type { EdgeFigures } from '../telemetry/figures.ts';
import { Telemetry } from '../telemetry/telemetry.ts';
import type { Avoidance } from './avoided-instances.ts';
import { Captures } from './captures.ts';
import { withFailovers } from './edge-failover.ts';
import { DocumentStore } from './document/document-store.ts';
import { Inspection } from './inspection/inspection.ts';
import { eventOfReport } from './instance-event.ts';
import { instanceView } from './instance-view.ts';
import { LogStore } from './log-store.ts';
import { InstanceFaults } from './instance-faults.ts';
import type { OpenPort } from './mesh-gateway.ts';
import { MeshRunner } from './mesh-runner.ts';
import { explainRefusal, refusalProblem } from './refusal-text.ts';
import { Replay } from './replay/replay.ts';
import { rolloutSplits, versionFigures } from './rollout-view.ts';
import { Ticker } from './ticker.ts';
import { Timeline } from './timeline.ts';

export interface EngineOptions {
  /** The document's absolute path. */
  readonly file: string;
  readonly clock: Clock;
  readonly version: string;
  readonly workerEntry: string;
  readonly workers: number;
  /** How services run that say nothing of it, instead of what the document says. */
  readonly runtime?: RuntimeChoice | undefined;
}

/** The mesh could not be started; `message` says why and what to do. */
export class StartFailed extends Error {}

const MOST_REQUESTS = 500;

const NO_GUARDIAN = 'the guardian against orphaned processes is gone';

export class Engine {
  readonly document: DocumentStore;
  readonly telemetry: Telemetry;
  readonly logs = new LogStore();
  readonly rollouts: Rollouts;
  readonly inspection: Inspection;
  /** Sends requests by hand. */
  readonly replay: Replay;
  readonly #options: EngineOptions;
  readonly #runtime: Runtimes;
  readonly #runner: MeshRunner;
  readonly #instanceFaults: InstanceFaults;
  readonly #captures = new Captures({
    onSpent: () => void this.#runner.sync(),
    onProgress: () => void (this.#haveCaptured = true),
    keep: (exchange, masked) => this.telemetry.keep(exchange, masked),
    onLost: (message) => this.#event('engine', 'warning', message),
  });
  readonly #listeners = new Set<(deltas: Delta[]) => void>();
  readonly #timeline: Timeline;
  #requests: RequestSummary[] = [];
  readonly #startedAt: number;
  #edges: EdgeState[] = [];
  #nodeBadges: NodeBadges[] = [];
  #usage: State['usage'] = {};
  /** Captures have got on since the app was told. */
  #haveCaptured = false;
  #visitors: Visitors | undefined;
  #visited = '';
  #status: State['engine']['status'] = 'starting';
  readonly #ticker: Ticker;

  /** Nothing runs yet. @throws MeshRefused, or the system's error where the file cannot be read. */
  constructor(options: EngineOptions) {
    const { clock } = options;
    this.#options = options;
    this.#startedAt = clock.wall();
    this.telemetry = new Telemetry(clock);
    this.#timeline = new Timeline(clock);
    this.#ticker = new Ticker(clock, () => this.#tick());
    this.document = new DocumentStore(options, {
      apply: (mesh) => this.#apply(mesh),
      onState: () => this.#emit({ kind: 'document', document: this.document.state() }),
      onEvent: (severity, message) =>
        this.#event(severity === 'error' ? 'problem' : 'edit', severity, message),
    });
    this.#runtime = this.#createRuntimes();
    this.#instanceFaults = this.#createInstanceFaults();
    this.rollouts = this.#createRollouts();
    this.#captures.update(this.document.mesh);
    this.#runner = new MeshRunner({
      mesh: this.document.mesh,
      clock,
      runtime: this.#runtime,
      workerEntry: options.workerEntry,
      workers: options.workers,
      spentCaptures: () => this.#captures.spent,
      faultyInstances: () => this.#instanceFaults.faulty,
      events: {
        onHops: (worker, batch) => this.#onHops(worker, batch),
        onCaptured: (exchanges, lost) => this.#captures.take(exchanges, lost),
        onUse: (from, use) => this.telemetry.use(from, use),
        onProxyGone: (node) => this.telemetry.forgetUse(node),
        onHandshakeFailed: (node, listener, reason) =>
          this.#event(
            'identity',
            'warning',
            `a caller was refused at ${listener}: ${reason}${this.#onPurpose(node)}`,
            node,
          ),
        onInstance: (id) => this.#onInstance(id),
        onAvoided: (by, id, avoidance) => this.#onAvoided(by, id, avoidance),
        onFailover: ({ severity, message, service }) =>
          this.#event('instance', severity, message, service),
        onRemoved: (id) => this.#emit({ kind: 'instances', put: [], removed: [id] }),
        onEvent: (severity, message, subject) => this.#event('engine', severity, message, subject),
      },
    });
    this.inspection = new Inspection(this.#runner);
    this.replay = this.#createReplay();
  }

  #createRuntimes(): Runtimes {
    const { clock, file } = this.#options;
    return createRuntimes({
      clock,
      meshFile: file,
      events: {
        onReport: (report) => this.#onReport(report),
        onLog: (id, stream, text) => this.logs.add(id, { at: clock.wall(), stream, text }),
        onEvent: (severity, message, subject) =>
          this.#event(subject === undefined ? 'engine' : 'instance', severity, message, subject),
        onUsage: (usage) => this.#onUsage(usage),
        onPod: (id, pod, port) => this.#runner.onPod(id, pod, port),
        onPodGone: (id) => this.#runner.onPodGone(id),
      },
      onGuardianLost: (reason) => this.#event('engine', 'warning', `${NO_GUARDIAN}: ${reason}`),
    });
  }

  #createInstanceFaults(): InstanceFaults {
    return new InstanceFaults({
      clock: this.#options.clock,
      runtime: this.#runtime,
      onEvent: (severity, message, id) => this.#event('instance', severity, message, id),
      publish: (then) => void this.#runner.sync().then(then),
    });
  }

  #createRollouts(): Rollouts {
    return new Rollouts({
      clock: this.#options.clock,
      ...rolloutSplits(this.document),
      figures: (service, version) => versionFigures(this.#edges, service, version),
      onChange: () => this.#emit({ kind: 'rollouts', rollouts: this.rollouts.views() }),
      onEvent: (severity, message, service) => this.#event('edit', severity, message, service),
    });
  }

  #createReplay(): Replay {
    const { clock } = this.#options;
    const gatewayPort = (): number => this.#runner.gateway.port(this.#runner.mesh);
    return new Replay({
      clock,
      chance: systemChance,
      ways: { gatewayPort, callers: this.#runner },
      witness: this.telemetry,
    });
  }

  get gatewayUrl(): string {
    return this.#runner.gateway.url(this.#runner.mesh);
  }

  /** Where its TLS ends; undefined: nowhere. */
  get gatewayTlsUrl(): string | undefined {
    return this.#runner.gateway.tlsUrl(this.#runner.mesh);
  }

  /** The gateway's routes for TCP, with the ports that they have. */
  get gatewayTcp(): readonly GatewayTcpRoute[] {
    return this.#runner.gateway.tcp(this.#runner.mesh);
  }

  /** Ports of this machine that lead to services. */
  get published(): readonly OpenPort[] {
    return this.#runner.gateway.published(this.#runner.mesh);
  }

  get trustBundle(): string {
    return this.#runner.trustBundle;
  }

  /** Starts everything; resolves when the gateway listens and every instance has been started. */
  async start(): Promise<void> {
    const refusals = await this.#runner.start();
    if (refusals[0]) {
      await this.close();
      throw new StartFailed(explainRefusal(refusals[0]));
    }
    this.#instanceFaults.update(this.document.mesh);
    await this.#keepHistory();
    this.document.watch();
    this.#ticker.start();
  }

  /** Resolves when every instance is ready or has failed. */
  async settled(): Promise<void> {
    const waits = (one: InstanceState): boolean => one.status === 'starting';
    while (this.instances().some(waits) && this.#status !== 'stopping') {
      await new Promise<void>((resolve) => void this.#options.clock.after(5, resolve));
    }
    if (this.#status === 'stopping') return;
    // Whoever is told now may call at once: everybody knows of everybody.
    await this.#runner.sync();
    this.#status = 'ready';
    this.#emit({ kind: 'engine', engine: this.#engineState() });
    this.#visit(this.document.mesh);
  }

  instances(): InstanceState[] {
    return this.#runner.ids().flatMap((id) => {
      const facts = this.#runner.facts(id);
      return facts ? [instanceView(facts)] : [];
    });
  }

  state(): State {
    return {
      engine: this.#engineState(),
      document: this.document.state(),
      instances: Object.fromEntries(this.instances().map((one) => [one.id, one])),
      rollouts: this.rollouts.views(),
      edges: Object.fromEntries(this.#edges.map((one) => [`${one.from}->${one.to}`, one])),
      nodeBadges: Object.fromEntries(this.#nodeBadges.map((one) => [one.node, one])),
      requests: this.#requests,
      captures: this.#captures.progress,
      usage: this.#usage,
      events: this.#timeline.entries,
    };
  }

  onDeltas(listener: (deltas: Delta[]) => void): void {
    this.#listeners.add(listener);
  }

  /** False where there is no such instance. */
  async restartInstance(id: string): Promise<boolean> {
    if (!this.#runner.facts(id)) return false;
    this.#event('instance', 'info', `${id} is restarted by hand`, id);
    await this.#runtime.restart(id);
    return true;
  }

  async close(): Promise<void> {
    if (this.#status === 'stopping') return;
    this.#status = 'stopping';
    this.#emit({ kind: 'engine', engine: this.#engineState() });
    this.#ticker.close();
    this.#instanceFaults.close();
    this.rollouts.close();
    this.#visitors?.close();
    await this.document.close();
    await this.#runner.close();
    await this.telemetry.close();
  }

  /** Without a disk there is a shorter one. */
  async #keepHistory(): Promise<void> {
    const complain = ({ message }: Error): void =>
      this.#event('engine', 'warning', `older requests are not kept on disk: ${message}`);
    await this.telemetry.open(historyFolder(), complain).catch(complain);
  }

  #engineState(): State['engine'] {
    const { gatewayTlsUrl } = this;
    return {
      status: this.#status,
      version: this.#options.version,
      gatewayUrl: this.gatewayUrl,
      ...(gatewayTlsUrl !== undefined && { gatewayTlsUrl }),
      startedAt: this.#startedAt,
    };
  }

  async #apply(mesh: Mesh): Promise<Problem[]> {
    this.#captures.update(mesh);
    const refusals = await this.#runner.apply(mesh);
    if (refusals.length > 0) {
      this.#captures.update(this.document.mesh);
      return refusals.map((refusal) => refusalProblem(refusal, this.document.path));
    }
    if (this.#status === 'ready') this.#visit(mesh);
    this.#instanceFaults.update(mesh);
    this.#emit({ kind: 'engine', engine: this.#engineState() });
    return [];
  }

  /** The visitors come to wherever the gateway is. */
  #visit(mesh: Mesh): void {
    if (this.#visited !== this.gatewayUrl) {
      this.#visitors?.close();
      this.#visitors = new Visitors(this.gatewayUrl, this.#options.clock);
      this.#visited = this.gatewayUrl;
    }
    this.#visitors?.configure(mesh.visitors);
  }

  #onReport(report: InstanceReport): void {
    const before = this.#runner.facts(report.id)?.report;
    this.#runner.onReport(report);
    this.#instanceFaults.onReport(report);
    const told = before?.status === report.status ? undefined : eventOfReport(report);
    if (told) this.#event('instance', told.severity, told.message, report.id);
  }

  #onInstance(id: string): void {
    const facts = this.#runner.facts(id);
    if (facts) this.#emit({ kind: 'instances', put: [instanceView(facts)], removed: [] });
  }

  #onUsage(usage: State['usage']): void {
    this.#usage = usage;
    this.#emit({ kind: 'usage', usage });
  }

  /** An injected refusal must not be taken for a real one. */
  #onPurpose(node: string): string {
    const service = this.#runner.facts(node)?.spec.service.name;
    const names = this.document.mesh.faults
      .filter(({ enabled, identity, to }) => enabled && identity && to === service)
      .map(({ name }) => name);
    return names.length === 0 ? '' : ` (perhaps on purpose: ${names.join(', ')})`;
  }

  #onAvoided(by: string, id: string, avoidance: Avoidance | undefined): void {
    // Of one that is gone nothing is to be said.
    if (!this.#runner.facts(id)) return;
    const message = avoidance
      ? `${by} leaves ${id} out: ${avoidance.cause}`
      : `${by} asks ${id} again`;
    this.#event('instance', avoidance ? 'warning' : 'info', message, id);
  }

  #event(...event: Parameters<Timeline['add']>): void {
    this.#emit({ kind: 'event', event: this.#timeline.add(...event) });
  }

  #onHops(worker: number, batch: HopBatch): void {
    this.telemetry.ingest(worker, batch);
    if (this.telemetry.takeNews()) this.#ticker.soon();
  }

  #tick(): void {
    const { at, edges, nodes, requests: items, skipped, removed } = this.telemetry.tick();
    this.#edges = this.#withFailovers(edges);
    this.#nodeBadges = nodes;
    const deltas: Delta[] = [{ kind: 'tick', at, edges: this.#edges, nodes }];
    if (this.#haveCaptured) {
      this.#haveCaptured = false;
      deltas.push({ kind: 'captures', captures: this.#captures.progress });
    }
    if (items.length + skipped + removed.length > 0) {
      const kept = this.#requests.filter(({ id }) => !removed.includes(id));
      this.#requests = [...kept, ...items].slice(-MOST_REQUESTS);
      deltas.push({ kind: 'requests', items, skipped, removed });
    }
    this.#emit(...deltas);
  }

  #withFailovers(edges: readonly EdgeFigures[]): EdgeState[] {
    const failovers = this.#runner.failovers();
    return edges.map((edge) => withFailovers(edge, failovers, this.#runner.serviceOf));
  }

  #emit(...deltas: Delta[]): void {
    for (const listener of this.#listeners) listener(deltas);
  }
}
