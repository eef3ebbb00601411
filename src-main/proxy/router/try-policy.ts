/** What decides how often, how long and in which manner a request is tried. */
import type { Milliseconds } from '../../base/units.ts';
import type { RouteConfig } from '../config.ts';
import type { HedgeConfig, RetryConfig } from '../config/retry.ts';
import { compileCauses } from '../exchange/retry-policy.ts';
import type { RetryCauses } from '../exchange/retry-policy.ts';
import type { TryLimits } from '../exchange/try-timers.ts';

export interface TryPolicy {
  /** The whole exchange, from the request's last byte; 0: none. */
  readonly timeout: Milliseconds;
  readonly retry: RetryConfig | undefined;
  readonly hedge: HedgeConfig | undefined;
  /** Of each try; undefined: it may take as long as all of them. */
  readonly limits: TryLimits | undefined;
  /** What is worth another try, and no good answer as long as another may come. */
  readonly causes: RetryCauses;
  /** A request's body is kept. */
  readonly retains: boolean;
}

/** What no good answer is where a route hedges without retrying: 502, 503, 504, or none at all. */
const BAD = { on: ['gateway-error'] } as const;

export function compileTryPolicy({ timeout, retry, hedge }: RouteConfig): TryPolicy {
  return tryPolicy(timeout, retry, hedge);
}

export function tryPolicy(
  timeout: Milliseconds,
  retry: RetryConfig | undefined,
  hedge: HedgeConfig | undefined,
): TryPolicy {
  const retains = (retry?.attempts ?? 0) > 0 || hedge !== undefined;
  const causes = compileCauses(retry ?? (hedge ? BAD : { on: [] }));
  return { timeout, retry, hedge, limits: limitsOf(retry), causes, retains };
}

function limitsOf(retry: RetryConfig | undefined): TryLimits | undefined {
  const { perTryTimeout: timeout = 0, perTryIdleTimeout: idleTimeout = 0 } = retry ?? {};
  return timeout > 0 || idleTimeout > 0 ? { timeout, idleTimeout } : undefined;
}
