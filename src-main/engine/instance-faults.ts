/**
 * Faults of instances: killed, paused, restarted or slowed down on purpose, for as long as the fault
 * acts. Everything is undone when it is over, is switched off, or the mesh ends; should the engine
 * crash, the guardian ends the instances.
 */
import type { Clock, Timer } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import { activeConfig } from '../control/compile/policies/fault.ts';
import type { ActiveConfig } from '../proxy/config/fault.ts';
import { isActive, nextChange } from '../proxy/filters/http/active.ts';
import { planInstances } from '../runtime/instance.ts';
import type { InstanceReport, InstanceSignal } from '../runtime/runtime.ts';
import type { InstanceFault } from '../spec/fault.ts';
import type { Mesh } from '../spec/mesh.ts';
import { EnabledSince } from './enabled-since.ts';
import { Throttle } from './throttle.ts';

export interface InstanceFaultOptions {
  readonly clock: Clock;
  /** False where the instance has no process to signal. */
  signal(id: string, signal: InstanceSignal): boolean;
  restart(id: string): Promise<void>;
  onEvent(severity: 'info' | 'warning', message: string, instance: string): void;
}

interface Acting {
  readonly fault: InstanceFault;
  readonly id: string;
  readonly throttle: Throttle | undefined;
}

/** Timers of Node end some days later. */
const LONGEST: Milliseconds = 3_600_000;

export class InstanceFaults {
  readonly #options: InstanceFaultOptions;
  readonly #since: EnabledSince;
  /** By the fault's name and the instance's id. */
  readonly #acting = new Map<string, Acting>();
  readonly #pids = new Map<string, number>();
  #mesh: Mesh | undefined;
  #timer: Timer | undefined;

  constructor(options: InstanceFaultOptions) {
    this.#options = options;
    this.#since = new EnabledSince(options.clock);
  }

  update(mesh: Mesh): void {
    this.#mesh = mesh;
    this.#check();
  }

  /** An instance that is started while it is to be paused is paused too. */
  onReport({ id, pid }: InstanceReport): void {
    if (pid === undefined || pid === this.#pids.get(id)) return;
    this.#pids.set(id, pid);
    if (this.#isPaused(id)) this.#options.signal(id, 'SIGSTOP');
  }

  /** Undoes everything. */
  close(): void {
    this.#timer?.cancel();
    this.#mesh = undefined;
    for (const [key, acting] of this.#acting) this.#end(key, acting);
  }

  #check(): void {
    this.#timer?.cancel();
    const mesh = this.#mesh;
    if (!mesh) return;
    const wall = this.#options.clock.wall();
    const faults = mesh.instanceFaults ?? [];
    const since = this.#since.update({ faults });
    const times = new Map<InstanceFault, ActiveConfig | undefined>(
      faults.map((fault) => [fault, activeConfig(fault, since.get(fault.name) ?? wall)]),
    );
    const wanted = new Map(
      faults
        .filter((fault) => fault.enabled && isActive(times.get(fault), wall))
        .flatMap((fault) => targetsOf(mesh, fault).map((id) => [keyOf(fault, id), { fault, id }])),
    );
    for (const [key, acting] of this.#acting) if (!wanted.has(key)) this.#end(key, acting);
    for (const [key, { fault, id }] of wanted) if (!this.#acting.has(key)) this.#begin(fault, id);
    this.#wait([...times.values()].map((active) => nextChange(active, wall)));
  }

  #wait(changes: readonly Milliseconds[]): void {
    const next = Math.min(Infinity, ...changes);
    if (next === Infinity) return;
    const { clock } = this.#options;
    const wait = Math.min(LONGEST, Math.max(0, next - clock.wall()));
    this.#timer = clock.after(wait, () => this.#check());
  }

  #begin(fault: InstanceFault, id: string): void {
    const { signal, restart, onEvent } = this.#options;
    const acting = { fault, id, throttle: this.#throttle(fault, id) };
    this.#acting.set(keyOf(fault, id), acting);
    onEvent('info', `${id}: ${fault.action}, on purpose (${fault.name})`, id);
    if (fault.action === 'restart') return void restart(id);
    const sent = fault.action === 'kill' ? 'SIGKILL' : 'SIGSTOP';
    if (!signal(id, sent)) onEvent('warning', `${id} cannot be signalled (${fault.name})`, id);
    acting.throttle?.start();
  }

  #end(key: string, { fault, id, throttle }: Acting): void {
    this.#acting.delete(key);
    throttle?.stop();
    if (fault.action !== 'pause' && fault.action !== 'throttle') return;
    if (!this.#isPaused(id)) this.#options.signal(id, 'SIGCONT');
    this.#options.onEvent('info', `${id}: ${fault.action} is over (${fault.name})`, id);
  }

  #throttle({ action, share }: InstanceFault, id: string): Throttle | undefined {
    if (action !== 'throttle') return undefined;
    return new Throttle(this.#options.clock, share, (signal) => {
      if (!this.#isPaused(id)) this.#options.signal(id, signal);
    });
  }

  #isPaused(id: string): boolean {
    return [...this.#acting.values()].some((one) => one.id === id && one.fault.action === 'pause');
  }
}

function keyOf({ name }: InstanceFault, id: string): string {
  return `${name} ${id}`;
}

function targetsOf(mesh: Mesh, { service, version, index }: InstanceFault): string[] {
  return planInstances(mesh)
    .filter(
      (one) =>
        one.service.name === service &&
        (version ?? one.version.name) === one.version.name &&
        (index === undefined || one.id === `${service}-${one.version.name}-${index}`),
    )
    .map(({ id }) => id);
}
