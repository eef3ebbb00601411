/**
 * Changes a service's mode of mutual TLS without losing a request: the service takes plain text and
 * TLS alike before the first caller hears of the new mode, and for a while after the last one did,
 * since connections may still be on their way.
 */
import type { Clock, Timer } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import type { Mesh } from '../spec/mesh.ts';
import { mtlsModeOf } from '../spec/policies/mtls.ts';

const LENGTH: Milliseconds = 1_000;

export class MtlsTransition {
  readonly #clock: Clock;
  readonly #onOver: () => void;
  #services: ReadonlySet<string> = new Set();
  #timer: Timer | undefined;

  /** `onOver`: the new modes alone hold from now on. */
  constructor(clock: Clock, onOver: () => void) {
    this.#clock = clock;
    this.#onOver = onOver;
  }

  /** Names of the services that take either. */
  get services(): ReadonlySet<string> {
    return this.#services;
  }

  /** Whether a service must take either from now on, before anybody hears of `after`. */
  begin(before: Mesh, after: Mesh): boolean {
    const changing = servicesWithAnotherMode(before, after);
    if (changing.length === 0) return false;
    this.#services = new Set([...this.#services, ...changing]);
    this.#timer?.cancel();
    this.#timer = this.#clock.after(LENGTH, () => {
      this.#services = new Set();
      this.#onOver();
    });
    return true;
  }

  close(): void {
    this.#timer?.cancel();
  }
}

function servicesWithAnotherMode(before: Mesh, after: Mesh): string[] {
  const modes = new Map(before.services.map((one) => [one.name, mtlsModeOf(before, one)]));
  return after.services
    .filter((one) => modes.has(one.name) && modes.get(one.name) !== mtlsModeOf(after, one))
    .map(({ name }) => name);
}
