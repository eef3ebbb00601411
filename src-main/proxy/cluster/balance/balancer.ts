/** Chooses the endpoint of a cluster for one try. */
export interface Balancer<T> {
  /** `avoid`: where the try before failed; taken only where there is no other. */
  pick(endpoints: readonly T[], avoid: T | undefined): T | undefined;
}
