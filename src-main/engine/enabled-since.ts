/** Remembers when each fault was enabled: a fault's duration begins there. */
import type { Clock } from '../base/clock.ts';

export class EnabledSince {
  readonly #clock: Clock;
  #since: ReadonlyMap<string, number> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Wall times by the names of the faults that are enabled now. One that is changed while it is
   * enabled goes on; one that is switched off and on begins anew.
   */
  update({
    faults,
  }: {
    readonly faults: readonly { name: string; enabled: boolean }[];
  }): ReadonlyMap<string, number> {
    const now = this.#clock.wall();
    const before = this.#since;
    const enabled = faults.filter((fault) => fault.enabled);
    this.#since = new Map(enabled.map(({ name }) => [name, before.get(name) ?? now]));
    return this.#since;
  }
}
