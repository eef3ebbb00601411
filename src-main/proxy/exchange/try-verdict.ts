/** What one try tells outlier detection of its endpoint. Made only where there is such a policy. */
import type { EndpointPool } from '../cluster/endpoint-pool.ts';
import type { OutlierDetector } from '../cluster/outlier/detector.ts';
import { LOCAL_FAILURES, TIMEOUTS, outlierStatus } from '../cluster/outlier/outcome.ts';
import type { FailureCode } from '../failures.ts';

export class TryVerdict {
  readonly #detector: OutlierDetector;
  readonly #pool: EndpointPool;
  #told = false;

  constructor(detector: OutlierDetector, pool: EndpointPool) {
    this.#detector = detector;
    this.#pool = pool;
  }

  /** How the endpoint, or a fault in its place, has answered; counts once. */
  onStatus(status: number, grpcStatus: number): void {
    if (this.#told) return;
    this.#told = true;
    this.#detector.onStatus(this.#pool.state, outlierStatus(status, grpcStatus));
  }

  /** It has not, or not to the end, or not in time: what comes later does not count. */
  onFailure(code: FailureCode): void {
    if (!LOCAL_FAILURES.has(code)) return;
    this.#told = true;
    this.#detector.onLocalFailure(this.#pool.state, TIMEOUTS.has(code));
  }
}

/** Undefined where nobody judges, or there is nobody to judge. */
export function createVerdict(
  detector: OutlierDetector | undefined,
  pool: EndpointPool | undefined,
): TryVerdict | undefined {
  return detector && pool && new TryVerdict(detector, pool);
}
