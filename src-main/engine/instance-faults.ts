/**
 * Faults of instances: killed, paused, restarted, slowed down, short of memory, with a wrong clock, a bad
 * network or a full disk on purpose, for as long as the fault acts. Everything is undone when it is over, is switched off, or the mesh ends; should the engine
 * crash, the guardian ends the instances.
 */
import type { Clock, Timer } from '../base/clock.ts';
import type { Bytes, Milliseconds, Percent } from '../base/units.ts';
import type { FaultyInstance } from '../control/compile/input.ts';
import { activeConfig } from '../control/compile/policies/fault.ts';
import type { ActiveConfig } from '../proxy/config/fault.ts';
import { isActive, nextChange } from '../proxy/filters/http/active.ts';
import { isFor, planInstances } from '../runtime/instance.ts';
import type { InstanceReport, InstanceStatus, Runtime } from '../runtime/runtime.ts';
import type { InstanceFault } from '../spec/fault.ts';
import type { Mesh } from '../spec/mesh.ts';
import { disturbanceOf } from './disturbance.ts';
import { EnabledSince } from './enabled-since.ts';

export interface InstanceFaultOptions {
  readonly clock: Clock;
  readonly runtime: Pick<
    Runtime,
    'signal' | 'restart' | 'memoryOf' | 'limitMemory' | 'limitCpu' | 'setClock' | 'disturb'
  >;
  onEvent(severity: 'info' | 'warning', message: string, instance: string): void;
  /** `faulty` has changed. `then` is called when the proxies know of it. */
  publish(then?: () => void): void;
}

interface Acting {
  readonly fault: InstanceFault;
  readonly id: string;
  /** All the memory that it may have. */
  readonly limit: Bytes | undefined;
}

interface Struck {
  readonly names: Set<string>;
  isAway: boolean;
}

/** Timers of Node end some days later. */
const LONGEST: Milliseconds = 3_600_000;

export class InstanceFaults {
  readonly #options: InstanceFaultOptions;
  readonly #since: EnabledSince;
  /** By the fault's name and the instance's id. */
  readonly #acting = new Map<string, Acting>();
  readonly #pids = new Map<string, number>();
  /** Killed or restarted on purpose and not back yet, by the instance's id. */
  readonly #struck = new Map<string, Struck>();
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

  /** The instances that faults act on, killed ones until they are back. */
  get faulty(): FaultyInstance[] {
    if (this.#acting.size + this.#struck.size === 0) return [];
    const lasting = [...this.#acting.values()].filter(({ fault }) => isLasting(fault));
    return planInstances(this.#mesh ?? { services: [] }).flatMap(({ id, service, version }) => {
      const faults = [
        ...lasting.filter((one) => one.id === id).map(({ fault }) => fault.name),
        ...(this.#struck.get(id)?.names ?? []),
      ];
      const at = { id, service: service.name, version: version.name };
      return faults.length === 0 ? [] : [{ ...at, faults }];
    });
  }

  /** An instance that is started while it is to be paused is paused too, or has as little memory. */
  onReport({ id, pid, status }: InstanceReport): void {
    this.#noteReturn(id, status);
    if (pid === undefined || pid === this.#pids.get(id)) return;
    this.#pids.set(id, pid);
    if (this.#isPaused(id)) this.#options.runtime.signal(id, 'SIGSTOP');
    if (this.#leastLimit(id) !== undefined) this.#limitMemory(id);
    if (this.#leastShare(id) !== undefined) this.#limitCpu(id);
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
    const { onEvent } = this.#options;
    const { action, name } = fault;
    const acting = {
      fault,
      id,
      limit: this.#limit(fault, id),
    };
    const key = keyOf(fault, id);
    this.#acting.set(key, acting);
    if (!isLasting(fault)) this.#strike(id, name);
    onEvent('info', `${id}: ${action}, on purpose (${name})`, id);
    // What fails because of it must not be taken for a real failure: the proxies learn of it first.
    this.#options.publish(() => {
      if (this.#acting.get(key) !== acting) return;
      const whyNot = this.#act(acting);
      if (whyNot !== undefined) {
        onEvent('warning', `${id}: no ${action} (${name}): ${whyNot}`, id);
        if (this.#struck.delete(id)) this.#options.publish();
      }
    });
  }

  #strike(id: string, name: string): void {
    const { names = new Set<string>() } = this.#struck.get(id) ?? {};
    this.#struck.set(id, { names: names.add(name), isAway: false });
  }

  /** One that was killed or restarted is well again. */
  #noteReturn(id: string, status: InstanceStatus): void {
    const struck = this.#struck.get(id);
    if (!struck) return;
    if (status !== 'ready') struck.isAway = true;
    else if (struck.isAway) {
      this.#struck.delete(id);
      this.#options.publish();
    }
  }

  /** @returns why it cannot be done, or undefined */
  #act({ fault: { action }, id, limit }: Acting): string | undefined {
    const { runtime } = this.#options;
    switch (action) {
      case 'restart':
        void runtime.restart(id);
        return undefined;
      case 'memoryPressure':
        return this.#limitMemory(id) ?? (limit === undefined ? 'it does not run' : undefined);
      case 'clockSkew':
        return this.#setClock(id);
      case 'throttle':
        return this.#limitCpu(id);
      case 'netem':
      case 'partition':
      case 'diskFull':
        return this.#disturb(id);
      case 'kill':
      case 'pause': {
        const isSent = runtime.signal(id, action === 'kill' ? 'SIGKILL' : 'SIGSTOP');
        return isSent ? undefined : 'it cannot be signalled';
      }
    }
  }

  #end(key: string, { fault, id }: Acting): void {
    const { action, name } = fault;
    this.#acting.delete(key);
    if (!isLasting(fault)) return;
    if (action === 'memoryPressure') this.#limitMemory(id);
    else if (action === 'clockSkew') this.#setClock(id);
    else if (action === 'throttle') this.#limitCpu(id);
    else if (action !== 'pause') this.#disturb(id);
    else if (!this.#isPaused(id)) this.#options.runtime.signal(id, 'SIGCONT');
    this.#options.onEvent('info', `${id}: ${action} is over (${name})`, id);
    this.#options.publish();
  }

  /** What it has when the fault begins, and so much more. */
  #limit({ action, headroomBytes }: InstanceFault, id: string): Bytes | undefined {
    const held = action === 'memoryPressure' ? this.#options.runtime.memoryOf(id) : undefined;
    return held === undefined ? undefined : held + headroomBytes;
  }

  #leastLimit(id: string): Bytes | undefined {
    const limits = [...this.#acting.values()]
      .filter((one) => one.id === id)
      .flatMap(({ limit }) => limit ?? []);
    return limits.length === 0 ? undefined : Math.min(...limits);
  }

  #limitMemory(id: string): string | undefined {
    return this.#options.runtime.limitMemory(id, this.#leastLimit(id));
  }

  /** Several faults add up, as hands on one clock do. */
  #setClock(id: string): string | undefined {
    const offset = [...this.#acting.values()]
      .filter((one) => one.id === id && one.fault.action === 'clockSkew')
      .reduce((sum, { fault }) => sum + fault.offset, 0);
    return this.#options.runtime.setClock(id, offset);
  }

  /** Of several, the one that leaves least. */
  #leastShare(id: string): Percent | undefined {
    const shares = [...this.#acting.values()]
      .filter((one) => one.id === id && one.fault.action === 'throttle')
      .map(({ fault }) => fault.share);
    return shares.length === 0 ? undefined : Math.min(...shares);
  }

  #limitCpu(id: string): string | undefined {
    return this.#options.runtime.limitCpu(id, this.#leastShare(id));
  }

  #disturb(id: string): string | undefined {
    const faults = [...this.#acting.values()].filter((one) => one.id === id);
    return this.#options.runtime.disturb(id, disturbanceOf(faults.map(({ fault }) => fault)));
  }

  #isPaused(id: string): boolean {
    return [...this.#acting.values()].some((one) => one.id === id && one.fault.action === 'pause');
  }
}

/** Not done with in an instant, as a kill is. */
function isLasting({ action }: InstanceFault): boolean {
  return action !== 'kill' && action !== 'restart';
}

function keyOf({ name }: InstanceFault, id: string): string {
  return `${name} ${id}`;
}

function targetsOf(mesh: Mesh, fault: InstanceFault): string[] {
  return planInstances(mesh)
    .filter((spec) => isFor(fault, spec))
    .map(({ id }) => id);
}
