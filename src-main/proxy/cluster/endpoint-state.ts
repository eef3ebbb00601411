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

export class EndpointState {
  /** As it was configured last. */
  endpoint: EndpointConfig;
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

  constructor(endpoint: EndpointConfig, since: Milliseconds) {
    this.endpoint = endpoint;
    this.since = since;
  }

  get isAvailable(): boolean {
    return !this.unhealthy && this.ejection === undefined;
  }

  isOf({ id, host, port }: EndpointConfig): boolean {
    const { endpoint } = this;
    return endpoint.id === id && endpoint.host === host && endpoint.port === port;
  }
}
