/** Checks one endpoint again and again, and notes whether it is well (Envoy's active health checking). */
import type { Chance } from '../../../base/chance.ts';
import type { Clock, Timer } from '../../../base/clock.ts';
import type { HealthCheckConfig } from '../../config/upstream.ts';
import type { EndpointState } from '../endpoint-state.ts';

/** One check; calls `onResult` once, later, unless it was cancelled before. */
export type Probe = (onResult: (isWell: boolean) => void) => { cancel(): void };

/** The first checks of all callers do not come at once. */
const MOST_FIRST_DELAY = 1_000;

export class HealthChecker {
  /** The endpoint is well again, or is not any more. */
  onChange: () => void = () => undefined;
  readonly #config: HealthCheckConfig;
  readonly #state: EndpointState;
  readonly #probe: Probe;
  readonly #clock: Clock;
  readonly #chance: Chance;
  /** In a row, against what the endpoint is taken for. */
  #contrary = 0;
  #timer: Timer;
  #running: { cancel(): void } | undefined;

  /** An endpoint is well until checks say otherwise: it is known because its instance is ready. */
  constructor(
    config: HealthCheckConfig,
    state: EndpointState,
    probe: Probe,
    { clock, chance }: { readonly clock: Clock; readonly chance: Chance },
  ) {
    this.#config = config;
    this.#state = state;
    this.#probe = probe;
    this.#clock = clock;
    this.#chance = chance;
    const first = chance.next() * Math.min(config.interval, MOST_FIRST_DELAY);
    this.#timer = clock.after(first, () => this.#check());
  }

  close(): void {
    this.#timer.cancel();
    this.#running?.cancel();
  }

  #check(): void {
    this.#running = this.#probe((isWell) => {
      this.#timer.cancel();
      this.#onResult(isWell);
    });
    this.#timer = this.#clock.after(this.#config.timeout, () => {
      this.#running?.cancel();
      this.#onResult(false);
    });
  }

  #onResult(isWell: boolean): void {
    this.#running = undefined;
    this.#count(isWell);
    const { interval, jitter } = this.#config;
    const wait = interval + this.#chance.next() * jitter;
    this.#timer = this.#clock.after(wait, () => this.#check());
  }

  #count(isWell: boolean): void {
    const state = this.#state;
    if (isWell !== state.unhealthy) {
      this.#contrary = 0;
      return;
    }
    this.#contrary++;
    const { healthyThreshold, unhealthyThreshold } = this.#config;
    if (this.#contrary < (isWell ? healthyThreshold : unhealthyThreshold)) return;
    this.#contrary = 0;
    state.unhealthy = !isWell;
    if (isWell) state.since = this.#clock.now();
    this.onChange();
  }
}
