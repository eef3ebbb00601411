/**
 * One instance as a child process, kept running.
 *
 *     starting ──► ready ◄──► unhealthy
 *        │  ▲        │            │
 *        │  └────────┴─ restarting ◄┘   (ended by itself: back-off, then starting)
 *        └► failed                      (cannot be started, or never became healthy: back-off too)
 */
import type { ChildProcess } from 'node:child_process';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import { probe } from '../../pod/probe.ts';
import { calleesEnv } from '../instance.ts';
import type { InstanceSpec } from '../instance.ts';
import type {
  InstanceReport,
  InstanceSignal,
  InstanceStatus,
  InstanceWiring,
  RuntimeEvents,
} from '../runtime.ts';
import { RestartBackOff } from '../back-off.ts';
import { findFaketime, removeFaketimeTraces } from './fake-clock.ts';
import type { FakeClocks } from './fake-clock.ts';
import { LineSplitter } from './line-splitter.ts';
import { endGroup, signalGroup } from './process-group.ts';
import { spawnProgram } from './spawn.ts';

/** Who wants to know of process groups: the guardian and the run record. */
export interface GroupWatcher {
  watch(group: number): void;
  forget(group: number): void;
}

export interface InstanceContext {
  readonly clock: Clock;
  readonly events: RuntimeEvents;
  readonly groups: GroupWatcher;
  readonly clocks: FakeClocks;
  /** Stands in the environment of every process of the mesh. */
  readonly meshLabel: string;
}

const LOOPBACK = '127.0.0.1';
/** Between two checks while it starts: a start must not seem slower than it is. */
const START_POLL: Milliseconds = 15;
/** From SIGTERM to SIGKILL. */
const STOP_GRACE: Milliseconds = 4_000;
/** Lines of stderr that explain an exit. */
const LAST_LINES = 3;

export class ProcessInstance {
  readonly spec: InstanceSpec;
  readonly #wiring: InstanceWiring;
  readonly #context: InstanceContext;
  readonly #backOff = new RestartBackOff();
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #timer: Timer | undefined;
  #status: InstanceStatus = 'starting';
  #reason: string | undefined;
  #restarts = 0;
  #startedAt = 0;
  #failedChecks = 0;
  #lastCheck: string | undefined;
  #lastErrors: string[] = [];
  /** Rises with each start and stop: what belongs to an earlier life is ignored. */
  #life = 0;

  constructor(spec: InstanceSpec, wiring: InstanceWiring, context: InstanceContext) {
    this.spec = spec;
    this.#wiring = wiring;
    this.#context = context;
  }

  start(): void {
    const life = ++this.#life;
    this.#failedChecks = 0;
    this.#lastCheck = undefined;
    this.#lastErrors = [];
    this.#startedAt = this.#context.clock.wall();
    try {
      this.#child = this.#spawn(life);
    } catch (error) {
      this.#child = undefined;
      return this.#startLater('failed', (error as Error).message);
    }
    this.#report('starting');
    this.#checkLater(START_POLL);
  }

  /** Ends the process and starts it again at once. */
  async restart(): Promise<void> {
    await this.#end();
    this.#restarts++;
    this.start();
  }

  /** Of its processes; undefined: none runs. */
  get group(): number | undefined {
    return this.#child?.pid;
  }

  /** False where nothing runs, or the system knows no such signal. */
  signal(signal: InstanceSignal): boolean {
    const pid = this.#child?.pid;
    return pid !== undefined && signalGroup(pid, signal);
  }

  async stop(): Promise<void> {
    await this.#end();
    this.#report('stopped');
  }

  #spawn(life: number): ChildProcess {
    const { workload } = this.spec.version;
    if (workload.runtime !== 'process') throw new Error(`${this.spec.id} is no process`);
    const child = spawnProgram({
      command: workload.command,
      workingFolder: workload.workingFolder,
      env: {
        ...process.env,
        ...this.#clockEnv(),
        ...calleesEnv(this.#wiring.callees),
        ...workload.env,
        PORT: String(this.#wiring.port),
        FAULTLINE_MESH: this.#context.meshLabel,
        FAULTLINE_INSTANCE: this.spec.id,
      },
    });
    const group = child.pid;
    if (group !== undefined) this.#context.groups.watch(group);
    this.#follow(child);
    this.#gone = new Promise((resolve) => {
      child.once('error', (error) => this.#onExit(life, error.message, resolve));
      child.once('exit', (code, signal) => {
        if (group !== undefined) {
          // Its own children, should it have left any, end with it.
          endGroup(group, 'SIGKILL');
          this.#context.groups.forget(group);
          if (this.spec.hasOwnClock) removeFaketimeTraces(group);
        }
        this.#onExit(life, signal ? `ended by ${signal}` : `exited with code ${code}`, resolve);
      });
    });
    return child;
  }

  #clockEnv(): Record<string, string> {
    const library = this.spec.hasOwnClock ? findFaketime() : undefined;
    return library === undefined ? {} : this.#context.clocks.env(this.spec.id, library);
  }

  #follow(child: ChildProcess): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const splitter = new LineSplitter((line) => {
        if (stream === 'stderr') this.#lastErrors = [...this.#lastErrors, line].slice(-LAST_LINES);
        this.#context.events.onLog(this.spec.id, stream, line);
      });
      child[stream]?.on('data', (chunk: Buffer) => splitter.push(chunk));
      child[stream]?.on('close', () => splitter.end());
    }
  }

  #onExit(life: number, how: string, resolve: () => void): void {
    resolve();
    if (life !== this.#life) return;
    this.#child = undefined;
    const explained = this.#lastErrors.length > 0 ? `${how}: ${this.#lastErrors.join(' | ')}` : how;
    this.#startLater(this.#status === 'starting' ? 'failed' : 'restarting', explained);
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

  #checkLater(wait: Milliseconds): void {
    const life = this.#life;
    this.#timer = this.#context.clock.after(wait, () => {
      const { path, timeout } = this.spec.version.health;
      const target = { host: LOOPBACK, port: this.#wiring.port, path, timeout };
      void probe(target).then((result) => {
        if (life === this.#life && this.#child) this.#onChecked(result);
      });
    });
  }

  #onChecked(result: string | undefined): void {
    const { health } = this.spec.version;
    if (result === undefined) {
      this.#failedChecks = 0;
      if (this.#status !== 'ready') this.#report('ready');
      return this.#checkLater(health.interval);
    }
    this.#failedChecks++;
    this.#lastCheck = result;
    if (this.#status === 'starting') return this.#onNotReady();
    if (this.#status === 'ready' && this.#failedChecks >= health.unhealthyThreshold) {
      this.#report('unhealthy', result);
    }
    this.#checkLater(health.interval);
  }

  #onNotReady(): void {
    const { startTimeout } = this.spec.version.health;
    if (this.#context.clock.wall() - this.#startedAt < startTimeout) {
      return this.#checkLater(START_POLL);
    }
    const reason = `did not become healthy within ${startTimeout} ms: ${this.#lastCheck}`;
    void this.#end().then(() => this.#startLater('failed', reason));
  }

  /** Ends the process, gently first; nothing of this life acts any more. */
  async #end(): Promise<void> {
    this.#life++;
    this.#timer?.cancel();
    const child = this.#child;
    this.#child = undefined;
    if (child?.pid === undefined) return;
    const { pid } = child;
    endGroup(pid, 'SIGTERM');
    // One that is paused hears of it only when it goes on.
    signalGroup(pid, 'SIGCONT');
    const force = this.#context.clock.after(STOP_GRACE, () => void endGroup(pid, 'SIGKILL'));
    await this.#gone;
    force.cancel();
  }

  #report(status: InstanceStatus, reason?: string): void {
    this.#status = status;
    this.#reason = reason;
    this.#context.events.onReport(this.report());
  }

  report(): InstanceReport {
    const pid = this.#child?.pid;
    return {
      id: this.spec.id,
      status: this.#status,
      restarts: this.#restarts,
      startedAt: this.#startedAt,
      ...(this.#reason !== undefined && { reason: this.#reason }),
      ...(pid !== undefined && { pid }),
    };
  }
}
