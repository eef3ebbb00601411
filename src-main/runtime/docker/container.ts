/**
 * One instance as a container, kept running.
 *
 *     starting ──► ready ◄──► unhealthy            (image, pod, container, start, first success)
 *        │  ▲        │            │
 *        │  └────────┴─ restarting ◄┘              (ended by itself: back-off, by its restart policy)
 *        ├► failed                                 (cannot be started: back-off too; or not to be again)
 *        └► stopped                                (ran to its end, as it may)
 *
 * Where the engine goes away, the container is unhealthy until it is back; then it is looked at again.
 */
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { ContainerWorkload } from '../../spec/mesh.ts';
import { RestartBackOff } from '../back-off.ts';
import { calleesEnv } from '../instance.ts';
import type { InstanceSpec } from '../instance.ts';
import type { InstanceReport, InstanceStatus, InstanceWiring, RuntimeEvents } from '../runtime.ts';
import { removeContainer } from './clean-up.ts';
import type { EngineConnection } from './connection.ts';
import type { ContainerControls } from './controls.ts';
import { createOptions } from './create-options.ts';
import { afterExit, explainExit } from './exit.ts';
import type { ContainerExit } from './exit.ts';
import { HealthWatch } from './health-watch.ts';
import type { Images, ReadyImage } from './images.ts';
import { labelsFor } from './labels.ts';
import { followLogs } from './logs.ts';
import type { Pod, Pods } from './pod.ts';
import { PodHolder } from './pod-holder.ts';
import { ensureVolumes } from './volumes.ts';
import { workloadPort } from './workload-port.ts';
import {
  createWorkload,
  endOf,
  exitOf,
  explainEngine,
  inspectStarted,
  isGone,
  startWorkload,
  stopWorkload,
} from './workload.ts';
import type { Started } from './workload.ts';

export interface ContainerContext {
  readonly clock: Clock;
  readonly events: RuntimeEvents;
  readonly connection: EngineConnection;
  readonly images: Images;
  /** The mesh's file. */
  readonly meshFile: string;
  /** Of the container, in the engine. */
  readonly name: string;
  readonly pods: Pods;
  /** Removes what a crashed run has left, once. */
  cleanUp(docker: Docker): Promise<void>;
  /** What faults do to it. */
  readonly controls: ContainerControls;
}

/** Lines of the output that explain an exit. */
const LAST_LINES = 3;

export class ContainerInstance {
  readonly spec: InstanceSpec;
  readonly workload: ContainerWorkload;
  readonly #wiring: InstanceWiring;
  readonly #context: ContainerContext;
  readonly #backOff = new RestartBackOff();
  readonly #forgetEngine: () => void;
  readonly #pods: PodHolder;
  #container: Container | undefined;
  /** It listens at no port that anybody knows of. */
  #isMute = false;
  #port = 0;
  #health: HealthWatch | undefined;
  #timer: Timer | undefined;
  #status: InstanceStatus = 'starting';
  #reason: string | undefined;
  #restarts = 0;
  #failures = 0;
  #startedAt = 0;
  #pid: number | undefined;
  #exitCode: number | undefined;
  #lastErrors: string[] = [];
  /** Rises with each start and stop: what belongs to an earlier life is ignored. */
  #life = 0;

  constructor(spec: InstanceSpec, wiring: InstanceWiring, context: ContainerContext) {
    const { workload } = spec.version;
    if (workload.runtime !== 'docker') throw new Error(`${spec.id} is no container`);
    this.spec = spec;
    this.workload = workload;
    this.#wiring = wiring;
    this.#context = context;
    this.#pods = new PodHolder(spec, { ...context, onLost: (reason) => this.#onPodLost(reason) });
    const forgetLost = context.connection.onLost((reason) => this.#onEngineLost(reason));
    const forgetBack = context.connection.onBack(() => this.#onEngineBack());
    this.#forgetEngine = () => {
      forgetLost();
      forgetBack();
    };
  }

  start(): void {
    const life = ++this.#life;
    this.#timer?.cancel();
    this.#lastErrors = [];
    this.#exitCode = undefined;
    this.#startedAt = this.#context.clock.wall();
    this.#report('starting');
    this.#run(life).catch((error: Error) => this.#onNotStarted(life, error));
  }

  /** Ends it and starts it again at once. */
  async restart(): Promise<void> {
    await this.#end(this.workload.stopGrace);
    this.#restarts++;
    this.start();
  }

  /** The container that runs; undefined: none does. */
  get running(): Container | undefined {
    return this.#pid === undefined ? undefined : this.#container;
  }

  /** The pod that it runs in. */
  get pod(): Pod | undefined {
    return this.#pods.current;
  }

  /** `grace`: from its stop signal to SIGKILL, at most. Its container is removed. */
  async stop(grace: Milliseconds = this.workload.stopGrace): Promise<void> {
    this.#forgetEngine();
    await this.#end(Math.min(grace, this.workload.stopGrace));
    await this.#discard();
    await this.#pods.remove();
    this.#report('stopped');
  }

  async #run(life: number): Promise<void> {
    const { connection, controls } = this.#context;
    const { docker } = await connection.engine();
    await this.#context.cleanUp(docker);
    const [image, pod] = await Promise.all([this.#image(life), this.#pods.ensure()]);
    const port = (this.#port = this.#portOf(image));
    if (!this.#pods.isWired(pod)) {
      // A container cannot change its network: it is made anew.
      await this.#discard();
      await this.#pods.wire(pod, port);
    }
    if (life !== this.#life) return;
    await controls.prepare(docker, image.id);
    const old = this.#container;
    const since = old ? await endOf(old) : '0';
    const container = old ?? (await this.#create(docker, image, pod, port));
    if (life !== this.#life) return this.#abandon(container);
    this.#container = container;
    await controls.beforeStart(container);
    const started = { ...(await startWorkload(container)), since };
    // Ended already, or started once more: whoever did so has seen to the container.
    if (life !== this.#life) return;
    this.#follow(life, container, started, port);
  }

  #portOf(image: ReadyImage): number {
    const { port, isGuessed } = workloadPort(this.spec.version, image);
    if (isGuessed && !this.#isMute) {
      const what = `image ${image.name} exposes no port, and ${this.spec.id} names none: ${port} is taken for it`;
      this.#context.events.onEvent('warning', `${what}; say another one with "port"`, this.spec.id);
    }
    this.#isMute = isGuessed;
    return port;
  }

  async #image(life: number): Promise<ReadyImage> {
    const { connection, events, images } = this.#context;
    const { docker } = await connection.engine();
    return images.ensure(docker, this.workload, {
      onProgress: (text) => life === this.#life && this.#report('starting', text),
      onOutput: (line) => events.onLog(this.spec.id, 'stdout', line),
    });
  }

  async #create(docker: Docker, image: ReadyImage, pod: Pod, port: number): Promise<Container> {
    const { meshFile, name } = this.#context;
    const { id, volumes = [] } = this.spec;
    const volumeLabels = labelsFor({ meshFile, role: 'volume' });
    await ensureVolumes(docker, volumes, volumeLabels);
    const options = createOptions(this.workload, {
      name,
      image: image.id,
      networkMode: pod.networkMode,
      env: {
        ...(this.workload.addresses && {
          ...calleesEnv(this.#wiring.callees),
          PORT: String(port),
        }),
        FAULTLINE_INSTANCE: id,
        ...this.#context.controls.env,
      },
      labels: labelsFor({ meshFile, role: 'workload', instance: id }),
      volumeLabels,
    });
    return createWorkload(docker, options, this.workload.files);
  }

  #follow(life: number, container: Container, started: Started, port: number): void {
    const { clock, connection, events } = this.#context;
    this.#pid = started.pid;
    this.#context.controls.attach(container, sidecarOf(this.pod));
    this.#report(this.#status);
    const { id } = this.spec;
    const logged = followLogs(container, {
      tty: this.workload.tty,
      since: started.since,
      onLine: (stream, line) => {
        if (stream === 'stderr') this.#lastErrors = [...this.#lastErrors, line].slice(-LAST_LINES);
        events.onLog(id, stream, line);
      },
    }).catch((error: Error) => events.onLog(id, 'stderr', `[no output: ${explainEngine(error)}]`));
    this.#health = new HealthWatch({
      clock,
      container,
      events: connection.events,
      check: this.spec.version.health,
      hasOwnCheck: started.hasHealthcheck,
      probe: this.#probe(port),
      onHealth: (failure, isFinal) => life === this.#life && this.#onHealth(failure, isFinal),
    });
    this.#health.start();
    exitOf(container).then(
      async (exit) => {
        // What it said last explains why it ended.
        await logged;
        if (life === this.#life) this.#onExit(exit);
      },
      (error: Error) => life === this.#life && this.#onUnknown(error),
    );
  }

  /** Undefined: there is no port to ask at. */
  #probe(port: number): (() => Promise<string | undefined>) | undefined {
    const { health } = this.spec.version;
    const pod = this.#pods.current;
    return !pod || this.#isMute ? undefined : () => pod.probe(health, port);
  }

  #onHealth(failure: string | undefined, isFinal: boolean): void {
    if (failure === undefined) {
      this.#failures = 0;
      if (this.#status !== 'ready') this.#report('ready');
    } else if (isFinal && (this.#status !== 'unhealthy' || this.#reason !== failure)) {
      this.#report('unhealthy', failure);
    }
  }

  #onExit(exit: ContainerExit): void {
    this.#endWatching();
    if (exit.code !== 0) this.#failures++;
    const next = afterExit(this.workload.restart, exit, this.#failures);
    if (next !== 'restart') this.#exitCode = exit.code;
    if (next === 'completed') return this.#report('stopped', 'completed (exit code 0)');
    const how = explainExit(exit, this.workload.memory);
    const errors = this.#lastErrors.length > 0 ? `: ${this.#lastErrors.join(' | ')}` : '';
    if (next === 'failed') {
      return this.#report('failed', `${how}${errors}; not started again, by its restart policy`);
    }
    this.#startLater(this.#status === 'starting' ? 'failed' : 'restarting', `${how}${errors}`);
  }

  #onNotStarted(life: number, error: Error): void {
    if (life !== this.#life) return;
    if (this.#context.connection.isLost) return this.#report('failed', error.message);
    this.#startLater('failed', explainEngine(error));
  }

  /** The engine could not say how it ended: somebody has removed it, or the engine goes away. */
  #onUnknown(error: Error): void {
    if (this.#context.connection.isLost) return;
    this.#endWatching();
    if (isGone(error)) this.#container = undefined;
    const reason = isGone(error) ? 'its container was removed' : explainEngine(error);
    this.#startLater('restarting', reason);
  }

  /** Calls that wait for the engine never end then, so nothing of this life is waited for any more. */
  #onEngineLost(reason: string): void {
    if (this.#status === 'stopped' || this.#status === 'failed') return;
    this.#life++;
    this.#timer?.cancel();
    this.#endWatching();
    this.#report(this.#container ? 'unhealthy' : 'failed', reason);
  }

  #onEngineBack(): void {
    const container = this.#container;
    const life = ++this.#life;
    this.#timer?.cancel();
    if (!container || this.#status !== 'unhealthy') {
      // One that has run to its end, well or not, is not started again.
      if (this.#exitCode === undefined && this.#status !== 'stopped') this.start();
      return;
    }
    inspectStarted(container).then(
      (started) => {
        if (life !== this.#life) return;
        // It has survived: as with live-restore, or Podman.
        if (started.pid > 0 && this.pod) this.#follow(life, container, started, this.#port);
        else this.start();
      },
      () => {
        if (life === this.#life) this.start();
      },
    );
  }

  #onPodLost(reason: string): void {
    if (this.#context.connection.isLost) return;
    this.#life++;
    this.#endWatching();
    this.#startLater('restarting', `lost its sidecar: ${reason}`);
  }

  #startLater(status: 'failed' | 'restarting', reason: string): void {
    this.#timer?.cancel();
    const { clock } = this.#context;
    const wait = this.#backOff.next(clock.wall() - this.#startedAt);
    this.#report(status, `${reason}; started again in ${wait} ms`);
    this.#timer = clock.after(wait, () => {
      this.#restarts++;
      this.start();
    });
  }

  /** Ends the container; nothing of this life acts any more. */
  async #end(grace: Milliseconds): Promise<void> {
    this.#life++;
    this.#timer?.cancel();
    const container = this.running;
    this.#endWatching();
    if (container && !this.#context.connection.isLost) {
      // One that is paused hears of it only when it goes on; one that is not says so.
      await container.unpause().catch(() => undefined);
      await stopWorkload(container, Math.ceil(grace / 1000));
    }
  }

  #endWatching(): void {
    this.#health?.stop();
    this.#health = undefined;
    this.#pid = undefined;
    this.#context.controls.attach(undefined);
  }

  /** Removes the container: its pod is another one, or it is not wanted any more. */
  async #discard(): Promise<void> {
    const container = this.#container;
    this.#container = undefined;
    if (container) await this.#abandon(container);
  }

  async #abandon(container: Container): Promise<void> {
    const { connection } = this.#context;
    // Without an engine it stays for the next clean-up.
    if (connection.isLost) return;
    const { docker } = await connection.engine();
    await removeContainer(docker, container.id);
  }

  #report(status: InstanceStatus, reason?: string): void {
    this.#status = status;
    this.#reason = reason;
    this.#context.events.onReport(this.report());
  }

  report(): InstanceReport {
    return {
      id: this.spec.id,
      status: this.#status,
      restarts: this.#restarts,
      startedAt: this.#startedAt,
      ...(this.#reason !== undefined && { reason: this.#reason }),
      ...(this.#pid !== undefined && { pid: this.#pid }),
      ...(this.#exitCode !== undefined && { exitCode: this.#exitCode }),
    };
  }
}

/** The id of a pod's sidecar. */
export function sidecarOf(pod: Pod | undefined): string | undefined {
  return pod?.networkMode.replace('container:', '');
}
