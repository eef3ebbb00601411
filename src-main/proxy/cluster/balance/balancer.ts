/** Where a request has been tried before; undefined: nowhere (Envoy's previous_hosts). */
export type Tried<T> = ReadonlySet<T> | undefined;

/** Chooses the endpoint of a cluster for one try. */
export interface Balancer<T> {
  /**
   * Undefined only where there is no endpoint.
   * @param endpoints the same array as long as nothing about them has changed
   * @param avoid taken only where there is no other: then any one is
   * @param hash of what the request is told apart by; undefined where it has nothing of the kind
   */
  pick(endpoints: readonly T[], avoid: Tried<T>, hash: number | undefined): T | undefined;
}

/** What the algorithms know of an endpoint. */
export interface Balanced {
  /** The instance's id: the same wherever it listens. */
  readonly id: string;
  /** Requests that run on it or wait for it. */
  readonly active: number;
}
