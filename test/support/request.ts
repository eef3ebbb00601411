/** A request as the list shows it; `given` changes what the test is about. */
import type { RequestSummary } from '../../src-main/api/contract/index.ts';

export function requestOf(given: Partial<RequestSummary> = {}): RequestSummary {
  return {
    id: 1,
    traceId: 'abc0',
    spanId: 's',
    start: 0,
    from: 'gateway',
    to: 'storefront',
    method: 'GET',
    path: '/',
    status: 200,
    grpcStatus: -1,
    failure: '',
    failed: false,
    duration: 1,
    hops: 2,
    services: ['gateway', 'storefront', 'orders'],
    failedInside: false,
    faults: [],
    flags: [],
    captured: false,
    ...given,
  };
}
