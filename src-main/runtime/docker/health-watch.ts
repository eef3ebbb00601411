/**
 * Whether a container is well: by the engine's own check where it has one (`healthcheck`, `HEALTHCHECK`),
 * else by asking at its port from its sidecar, else it is well while it runs.
 */
import type { Container } from 'dockerode';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { HealthCheck } from '../../spec/mesh.ts';
import type { ContainerEvents } from './container-events.ts';
import { healthOf } from './workload.ts';

export interface HealthWatchOptions {
  readonly clock: Clock;
  readonly container: Container;
  readonly events: ContainerEvents;
  readonly check: HealthCheck;
  /** The engine checks it. */
  readonly hasOwnCheck: boolean;
  /** Absent: there is nothing to ask at. */
  readonly probe: (() => Promise<string | undefined>) | undefined;
  /** `isFinal`: it has failed often, or long, enough to count as unhealthy. */
  onHealth(failure: string | undefined, isFinal: boolean): void;
}

/** Between two probes while it starts: a start must not seem slower than it is. */
const START_POLL: Milliseconds = 50;

export class HealthWatch {
  readonly #options: HealthWatchOptions;
  readonly #startedAt: Milliseconds;
  #timer: Timer | undefined;
  #wasWell = false;
  #failures = 0;
  #stopped = false;

  constructor(options: HealthWatchOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  start(): void {
    const { container, events, hasOwnCheck, onHealth, probe } = this.#options;
    if (hasOwnCheck) {
      events.watch(container.id, (event) => {
        if (event.kind === 'health') void this.#look();
      });
      void this.#look();
    } else if (probe) this.#probeLater(probe, 0);
    else onHealth(undefined, false);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#options.events.unwatch(this.#options.container.id);
  }

  /** The event says that it has changed; what the check said is asked for. */
  async #look(): Promise<void> {
    const { container, onHealth } = this.#options;
    let health;
    try {
      health = await healthOf(container);
    } catch {
      // It has ended, or the engine has gone away: both are told elsewhere.
      return;
    }
    if (this.#stopped || health?.status === 'starting') return;
    const said = health?.said ? `: ${health.said}` : '';
    onHealth(health?.status === 'healthy' ? undefined : `its healthcheck fails${said}`, true);
  }

  #probeLater(probe: () => Promise<string | undefined>, wait: Milliseconds): void {
    this.#timer = this.#options.clock.after(wait, () => {
      probe().then(
        (failure) => this.#onProbed(probe, failure),
        (error: Error) => this.#onProbed(probe, error.message),
      );
    });
  }

  #onProbed(probe: () => Promise<string | undefined>, failure: string | undefined): void {
    if (this.#stopped) return;
    const { check, onHealth } = this.#options;
    if (failure === undefined) {
      this.#failures = 0;
      this.#wasWell = true;
      onHealth(undefined, false);
    } else {
      this.#failures++;
      onHealth(failure, this.#isFinal());
    }
    this.#probeLater(probe, this.#wasWell || this.#isLate() ? check.interval : START_POLL);
  }

  /** One that starts is given its time, and is not ended then: a database may repair itself. */
  #isFinal(): boolean {
    const { unhealthyThreshold } = this.#options.check;
    return this.#wasWell ? this.#failures >= unhealthyThreshold : this.#isLate();
  }

  #isLate(): boolean {
    const { check, clock } = this.#options;
    return clock.now() - this.#startedAt >= check.startTimeout;
  }
}
