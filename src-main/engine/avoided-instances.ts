/** Which proxies leave which instances out, and why. */
import type { AvoidedEndpoint } from '../proxy/messages.ts';

/** One proxy that sends nothing to an instance. */
export interface Avoidance {
  /** The proxy's node: an instance's id or `gateway`. */
  readonly by: string;
  readonly cause: AvoidedEndpoint['cause'];
  /** Milliseconds since 1970, where that is known. */
  readonly until?: number;
}

export interface AvoidanceChange {
  readonly instance: string;
  /** Undefined: the proxy asks it again. */
  readonly avoidance: Avoidance | undefined;
}

export class AvoidedInstances {
  readonly #byNode = new Map<string, ReadonlyMap<string, Avoidance>>();

  /** All that a proxy leaves out now. Returns what is new about that. */
  set(by: string, endpoints: readonly AvoidedEndpoint[]): AvoidanceChange[] {
    const before = this.#byNode.get(by) ?? new Map<string, Avoidance>();
    const after = new Map(endpoints.map(({ instance, ...rest }) => [instance, { by, ...rest }]));
    if (after.size > 0) this.#byNode.set(by, after);
    else this.#byNode.delete(by);
    const back = [...before.keys()].filter((instance) => !after.has(instance));
    const changed = [...after].filter(([instance, { cause, until }]) => {
      const known = before.get(instance);
      return known?.cause !== cause || known.until !== until;
    });
    return [
      ...changed.map(([instance, avoidance]) => ({ instance, avoidance })),
      ...back.map((instance) => ({ instance, avoidance: undefined })),
    ];
  }

  of(instance: string): Avoidance[] {
    return [...this.#byNode.values()].flatMap((all) => all.get(instance) ?? []);
  }
}
