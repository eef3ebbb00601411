/**
 * Knows which faults of a listener act, and tells when that changes: by another configuration, or
 * because a fault's time has come or is over.
 */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { TryFilter } from '../filters/http/filter.ts';
import type { Route } from './route.ts';

/** Faults that act since now, by the names of their routes. */
export type BegunFaults = ReadonlyMap<string, readonly TryFilter[]>;

/** Timers of Node end some days later. */
const LONGEST: Milliseconds = 3_600_000;

export class FaultWatch {
  readonly #clock: Clock;
  readonly #onChange: (began: BegunFaults) => void;
  #routes: readonly Route[] = [];
  #acting: ReadonlySet<TryFilter> = new Set();
  #timer: Timer | undefined;

  constructor(clock: Clock, onChange: (began: BegunFaults) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** The filters of the routes before that are not in these stop. */
  update(routes: readonly Route[]): void {
    const kept = new Set(routes.flatMap(({ tryFilters }) => tryFilters));
    for (const { tryFilters } of this.#routes) {
      for (const filter of tryFilters) if (!kept.has(filter)) filter.stop();
    }
    this.#routes = routes;
    this.#check();
  }

  close(): void {
    this.#timer?.cancel();
  }

  #check(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const before = this.#acting;
    const filters = this.#routes.flatMap(({ tryFilters }) => tryFilters);
    this.#acting = new Set(filters.filter((filter) => filter.isOn()));
    const hasGone = [...before].some((filter) => !this.#acting.has(filter));
    const began = this.#begunSince(before);
    this.#waitForChange(filters);
    if (hasGone || began.size > 0) this.#onChange(began);
  }

  #begunSince(before: ReadonlySet<TryFilter>): BegunFaults {
    const isNew = (filter: TryFilter): boolean => this.#acting.has(filter) && !before.has(filter);
    return new Map(
      this.#routes
        .map(({ config, tryFilters }) => [config.name, tryFilters.filter(isNew)] as const)
        .filter(([, filters]) => filters.length > 0),
    );
  }

  #waitForChange(filters: readonly TryFilter[]): void {
    const next = Math.min(Infinity, ...filters.map((filter) => filter.nextChange()));
    if (next === Infinity) return;
    const wait = Math.max(0, next - this.#clock.wall());
    this.#timer = this.#clock.after(Math.min(LONGEST, wait), () => this.#check());
  }
}
