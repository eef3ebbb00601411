/** Envoy's success rate ejection: who stands out among the others by failing more often. */

export interface Rated {
  readonly requests: number;
  readonly successes: number;
}

export interface SuccessRateConfig {
  readonly minimumHosts: number;
  readonly requestVolume: number;
  readonly stdevFactor: number;
}

/** Those whose rate is below the mean by more than `stdevFactor` thousandths of a standard deviation. */
export function successRateOutliers<T extends Rated>(
  endpoints: readonly T[],
  { minimumHosts, requestVolume, stdevFactor }: SuccessRateConfig,
): T[] {
  const rated = endpoints.filter(({ requests }) => requests > 0 && requests >= requestVolume);
  if (rated.length === 0 || rated.length < minimumHosts) return [];
  const rates = rated.map(({ requests, successes }) => successes / requests);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length;
  const least = mean - (Math.sqrt(variance) * stdevFactor) / 1000;
  return rated.filter((_, i) => (rates[i] as number) < least);
}
