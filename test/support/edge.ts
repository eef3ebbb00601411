/** An edge as the engine tells it, for tests of what is made of it. */
import type { EdgeState } from '../../src-main/api/contract/index.ts';

/** Ten good requests a second over mutual TLS; `given` changes what the test is about. */
export function edge(from: string, to: string, given: Partial<EdgeState> = {}): EdgeState {
  return {
    from,
    to,
    rate: 10,
    errorShare: 0,
    injectedErrorShare: 0,
    injectedShare: 0,
    clientErrorShare: 0,
    grpcErrorShare: 0,
    p50: 1,
    p95: 2,
    p99: 3,
    retryRate: 0,
    flow: { ok: 0, clientError: 0, failed: 0, injected: 0 },
    mtls: true,
    protocol: 'http/1.1',
    open: 0,
    badges: [],
    versions: {},
    ...given,
  };
}
