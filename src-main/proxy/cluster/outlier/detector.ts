/**
 * Outlier detection, as Envoy does it: a proxy leaves an endpoint out that keeps failing its requests,
 * longer each time, and takes it back when its time is over.
 */
import type { Clock, Timer } from '../../../base/clock.ts';
import type { OutlierDetectionConfig } from '../../config/upstream.ts';
import type { EjectionCause, EndpointState } from '../endpoint-state.ts';
import { successRateOutliers } from './success-rate.ts';

export class OutlierDetector {
  readonly config: OutlierDetectionConfig;
  readonly #clock: Clock;
  #endpoints: readonly EndpointState[] = [];
  #onChange: () => void = () => undefined;
  #timer: Timer | undefined;

  constructor(config: OutlierDetectionConfig, clock: Clock) {
    this.config = config;
    this.#clock = clock;
    this.#tickLater();
  }

  /** Looks after these from now on. `onChange`: one of them has been ejected, or is back. */
  watch(endpoints: readonly EndpointState[], onChange: () => void): void {
    this.#endpoints = endpoints;
    this.#onChange = onChange;
  }

  close(): void {
    this.#timer?.cancel();
  }

  /** An endpoint has answered, or a fault in its place. */
  onStatus(endpoint: EndpointState, status: number): void {
    endpoint.consecutiveLocalFailures = 0;
    this.#count(endpoint, status);
  }

  /** It did not answer: no connection, a reset, or nothing in time. */
  onLocalFailure(endpoint: EndpointState, isTimeout: boolean): void {
    const most = this.config.consecutiveLocalOriginFailures;
    if (most === undefined) return this.#count(endpoint, isTimeout ? 504 : 503);
    endpoint.requests++;
    endpoint.consecutiveLocalFailures++;
    if (endpoint.consecutiveLocalFailures === most) {
      endpoint.consecutiveLocalFailures = 0;
      this.#eject(endpoint, 'consecutive-local-failures');
    }
  }

  #count(endpoint: EndpointState, status: number): void {
    endpoint.requests++;
    if (status < 500) {
      endpoint.successes++;
      endpoint.consecutive5xx = 0;
      endpoint.consecutiveGatewayErrors = 0;
      return;
    }
    const isGatewayError = status >= 502 && status <= 504;
    endpoint.consecutiveGatewayErrors = isGatewayError ? endpoint.consecutiveGatewayErrors + 1 : 0;
    endpoint.consecutive5xx++;
    const { consecutive5xx, consecutiveGatewayErrors } = this.config;
    if (endpoint.consecutiveGatewayErrors === consecutiveGatewayErrors && isGatewayError) {
      endpoint.consecutiveGatewayErrors = 0;
      this.#eject(endpoint, 'consecutive-gateway-errors');
    }
    if (endpoint.consecutive5xx === consecutive5xx) {
      endpoint.consecutive5xx = 0;
      this.#eject(endpoint, 'consecutive-5xx');
    }
  }

  #eject(endpoint: EndpointState, cause: EjectionCause): void {
    if (endpoint.ejection || !this.#mayEject()) return;
    endpoint.ejections++;
    const { baseEjectionTime, maxEjectionTime } = this.config;
    const most = Math.max(baseEjectionTime, maxEjectionTime);
    const time = Math.min(baseEjectionTime * endpoint.ejections, most);
    // What is the longest already need not be counted on: it shrinks from there.
    if (baseEjectionTime * endpoint.ejections > most) endpoint.ejections--;
    endpoint.ejection = { cause, until: this.#clock.now() + time };
    this.#onChange();
  }

  /** Envoy's max_ejection_percent, with always_eject_one_host. */
  #mayEject(): boolean {
    const ejected = this.#endpoints.filter(({ ejection }) => ejection).length;
    const share = (100 * (ejected + 1)) / this.#endpoints.length;
    return ejected === 0 || share <= this.config.maxEjectionPercent;
  }

  #tickLater(): void {
    this.#timer = this.#clock.after(this.config.interval, () => {
      this.#takeBack();
      this.#compare();
      this.#tickLater();
    });
  }

  #takeBack(): void {
    const now = this.#clock.now();
    let changed = false;
    for (const endpoint of this.#endpoints) {
      if (!endpoint.ejection) endpoint.ejections = Math.max(0, endpoint.ejections - 1);
      else if (endpoint.ejection.until <= now) {
        // At its full share at once: Envoy's slow start is for who came, or passed a health check again.
        endpoint.ejection = undefined;
        endpoint.consecutive5xx = 0;
        endpoint.consecutiveGatewayErrors = 0;
        endpoint.consecutiveLocalFailures = 0;
        changed = true;
      }
    }
    if (changed) this.#onChange();
  }

  #compare(): void {
    const { successRate } = this.config;
    const outliers = successRate ? successRateOutliers(this.#endpoints, successRate) : [];
    for (const endpoint of this.#endpoints) {
      endpoint.requests = 0;
      endpoint.successes = 0;
    }
    for (const endpoint of outliers) this.#eject(endpoint, 'success-rate');
  }
}
