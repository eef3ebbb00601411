/** Which share of errors counts as unwell: Kiali's thresholds, in the checked mesh. */
import { z } from 'zod';

const percent = z.number().min(0).max(100);

/** Above `degraded` per cent it is degraded, from `failing` per cent on it is failing. */
export const threshold = z.object({ degraded: percent, failing: percent });

export const healthThresholds = z.object({
  /** Answers 5xx, and none at all. */
  serverErrors: threshold,
  /** Answers 4xx. */
  clientErrors: threshold,
  /** gRPC statuses other than OK. */
  grpcErrors: threshold,
});
export type Threshold = z.infer<typeof threshold>;
export type HealthThresholds = z.infer<typeof healthThresholds>;

/** Kiali's defaults. */
export const DEFAULT_THRESHOLDS: HealthThresholds = {
  serverErrors: { degraded: 0, failing: 10 },
  clientErrors: { degraded: 10, failing: 20 },
  grpcErrors: { degraded: 0, failing: 10 },
};
