import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/base/clock.ts';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { CircuitBreaker } from '../../../src-main/proxy/cluster/circuit-breaker.ts';
import { EndpointPool } from '../../../src-main/proxy/cluster/endpoint-pool.ts';
import { EndpointState } from '../../../src-main/proxy/cluster/endpoint-state.ts';
import { parseRequestHead } from '../../../src-main/proxy/codec/http1/request-head.ts';
import { DEFAULT_LIMITS } from '../../../src-main/proxy/config.ts';
import type { OutgoingRequest, UpstreamStream } from '../../../src-main/proxy/exchange/streams.ts';
import { eventually } from '../../support/eventually.ts';
import { startHttp2Service } from '../../support/http2-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const request: OutgoingRequest = {
  head: parseRequestHead('GET / HTTP/1.1\r\nHost: api\r\n', 10),
  direction: 'outbound',
  remoteAddress: '127.0.0.1',
  scheme: 'http',
  requestId: '1',
  clientCertificate: '',
  traceparent: '2',
};

function poolTo(port: number): EndpointPool {
  const endpoint = { id: 'api-v1-0', host: '127.0.0.1', port };
  const pool = new EndpointPool({
    endpoint,
    timeout: 1000,
    clock: systemClock,
    limits: DEFAULT_LIMITS,
    connections: { idleTimeout: 60_000, maxRequestsPerConnection: 0, tcpKeepalive: 0 },
    breaker: new CircuitBreaker(),
    state: new EndpointState(endpoint, 0),
  });
  stack.add({ close: () => pool.destroy() });
  return pool;
}

/** The status of the answer. */
function ask(pool: EndpointPool): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    pool.acquire(
      {
        onConnection: (stream: UpstreamStream) =>
          stream.begin(
            {
              onInterimHead: () => undefined,
              onUpgraded: () => undefined,
              onResponseHead: (head) => (status = head.status),
              onResponseBody: () => undefined,
              onResponseEnd: () => resolve(status),
              onUpstreamFailure: (code) => reject(new Error(code)),
              onUpstreamDrain: () => undefined,
            },
            request,
          ),
        onConnectFailure: (code) => reject(new Error(code)),
      },
      'h2',
    );
  });
}

describe('the connections of HTTP/2 to an endpoint', () => {
  it('are one, for many requests', async () => {
    const service = stack.add(
      await startHttp2Service((stream) => stream.respond({}, { endStream: true })),
    );
    const pool = poolTo(service.port);
    expect(await Promise.all([ask(pool), ask(pool), ask(pool)])).toEqual([200, 200, 200]);
    expect(service.sessions.size).toBe(1);
  });

  it('end with a pool that is drained, also those that open after it', async () => {
    const service = stack.add(
      await startHttp2Service((stream) => stream.respond({}, { endStream: true })),
    );
    const pool = poolTo(service.port);
    const waiting = ask(pool);
    pool.drain();
    expect(await waiting).toBe(200);
    expect(await ask(pool)).toBe(200);
    await eventually(() => expect(service.sessions.size).toBe(0));
  });
});
