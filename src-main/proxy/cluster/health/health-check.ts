/** The active health check of one endpoint: when it is asked, what, and over which connections. */
import type { Chance } from '../../../base/chance.ts';
import type { ClusterConfig } from '../../config.ts';
import type { HealthCheckConfig } from '../../config/upstream.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { EndpointPool } from '../endpoint-pool.ts';
import type { PoolOptions } from '../endpoint-pool.ts';
import { HealthChecker } from './checker.ts';
import { createProbe } from './probe.ts';
import type { ProbeContext } from './probe.ts';

export class HealthCheck {
  readonly checker: HealthChecker;
  readonly #pool: EndpointPool;

  /** @param options of the pool that requests use */
  constructor(
    config: HealthCheckConfig,
    cluster: ClusterConfig,
    options: PoolOptions,
    context: ProbeContext & { readonly chance: Chance },
  ) {
    // Checks go on where a circuit is open, and do not count in it.
    this.#pool = new EndpointPool({ ...options, breaker: new CircuitBreaker() });
    const probe = createProbe(config, cluster, this.#pool, context);
    this.checker = new HealthChecker(config, options.state, probe, context);
  }

  close(): void {
    this.checker.close();
    this.#pool.destroy();
  }
}
