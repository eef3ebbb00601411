/** What a proxy knows of an endpoint, whatever becomes of the connections to it. */
import type { Milliseconds } from '../../base/units.ts';
import type { EndpointConfig } from '../config.ts';

export type EjectionCause =
  'consecutive-5xx' | 'consecutive-gateway-errors' | 'consecutive-local-failures' | 'success-rate';

/** Why an endpoint is left out. */
export type AvoidanceCause = EjectionCause | 'health-check';

export interface Ejection {
  readonly cause: EjectionCause;
  /** By the clock's `now`; it ends with the interval's end after it. */
  readonly until: Milliseconds;
}

const NONE: readonly string[] = [];

export class EndpointState {
  /** By the clock's `now`: when it came, or passed its health check again (for slow start). */
  since: Milliseconds;
  ejection: Ejection | undefined;
  /** Says the proxy's own health check. */
  unhealthy = false;
  /** How often its next ejection's time is multiplied, less one; shrinks while all is well. */
  ejections = 0;
  consecutive5xx = 0;
  consecutiveGatewayErrors = 0;
  consecutiveLocalFailures = 0;
  /** In the interval at hand. */
  requests = 0;
  successes = 0;
  #endpoint: EndpointConfig;
  /** Faults of the instance before the last change of them, and when that was, by the clock's `now`. */
  #past: { readonly names: readonly string[]; readonly until: Milliseconds } | undefined;

  constructor(endpoint: EndpointConfig, since: Milliseconds) {
    this.#endpoint = endpoint;
    this.since = since;
  }

  /** As it was configured last. */
  get endpoint(): EndpointConfig {
    return this.#endpoint;
  }

  /** `now`: by the clock's. */
  configure(endpoint: EndpointConfig, now: Milliseconds): void {
    const { instanceFaults: names = NONE } = this.#endpoint;
    const { instanceFaults: after = NONE } = endpoint;
    if (names.some((name) => !after.includes(name))) this.#past = { names, until: now };
    this.#endpoint = endpoint;
  }

  /** Names of the faults that have acted on the instance at any time since then, by the clock's `now`. */
  instanceFaultsSince(began: Milliseconds): readonly string[] {
    const { instanceFaults = NONE } = this.#endpoint;
    if (!this.#past || this.#past.until < began) return instanceFaults;
    return [...new Set([...this.#past.names, ...instanceFaults])];
  }

  get isAvailable(): boolean {
    return !this.unhealthy && this.ejection === undefined;
  }

  isOf({ id, host, port }: EndpointConfig): boolean {
    const { endpoint } = this;
    return endpoint.id === id && endpoint.host === host && endpoint.port === port;
  }
}
