/** A hop as the waterfall draws it; `given` changes what the test is about. */
import type { HopView } from '../../src-main/api/contract/index.ts';

export function hopView(
  spanId: string,
  parentId: string,
  start: number,
  length: number,
  injected = 0,
  given: Partial<HopView> = {},
): HopView {
  const timing = { injected, queue: 0, connect: 0, tls: 0, upstream: length - injected, proxy: 0 };
  return {
    spanId,
    parentId,
    start,
    duration: length,
    exchangeDuration: length,
    timing,
    node: 'n',
    direction: 'outbound',
    source: 'a',
    sourceVersion: '',
    destination: 'b',
    destinationVersion: '',
    destinationInstance: '',
    destinationLocality: '',
    priority: 0,
    route: '',
    protocol: 'http/1.1',
    method: 'GET',
    path: '/',
    status: 200,
    failed: false,
    grpcStatus: -1,
    failure: '',
    rule: '',
    filters: [],
    faults: [],
    peerSpiffeId: '',
    flags: [],
    attempt: 0,
    requestBytes: 0,
    responseBytes: 0,
    captured: false,
    ...given,
  };
}
