import { afterEach, describe, expect, it } from 'vitest';
import type { ClusterConfig } from '../../../src-main/proxy/config.ts';
import type { HealthCheckConfig } from '../../../src-main/proxy/config/upstream.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import { startHttp2Service } from '../../support/http2-service.ts';
import { startService } from '../../support/service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream } from '../../support/upstream.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const POLICY: HealthCheckConfig = {
  check: { path: '/ready', expectedStatuses: [200] },
  interval: 30,
  timeout: 500,
  jitter: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
};

async function upstream(ports: number[], cluster: Partial<ClusterConfig>): Promise<TestUpstream> {
  const started = await startUpstream({ ports, cluster });
  open.push(started);
  return started;
}

/** Services that answer with their number; `unwell` ones fail their check, and that alone. */
async function numbered(
  count: number,
  unwell: Set<number>,
  seen: string[] = [],
): Promise<number[]> {
  const ports: number[] = [];
  for (let i = 0; i < count; i++) {
    const service = await startService((request, response) => {
      if (request.url === '/ready') seen.push(request.headers['user-agent'] ?? '');
      const fails = request.url === '/ready' && unwell.has(i);
      response.writeHead(fails ? 503 : 200).end(String(i));
    });
    open.push(service);
    ports.push(service.port);
  }
  return ports;
}

async function answers({ port }: TestUpstream): Promise<string[]> {
  const found = new Set<string>();
  for (let i = 0; i < 6; i++) found.add(await (await fetch(`http://127.0.0.1:${port}/`)).text());
  return [...found].sort();
}

function avoided(started: TestUpstream): unknown {
  const message = started.messages().findLast(({ type }) => type === 'avoided');
  return message?.type === 'avoided' ? message.endpoints : undefined;
}

describe('active health checks', () => {
  it('leave out who does not answer well, tell of it, and take them back', async () => {
    const unwell = new Set([1]);
    const seen: string[] = [];
    const started = await upstream(await numbered(3, unwell, seen), { healthCheck: POLICY });
    await eventually(async () => expect(await answers(started)).toEqual(['0', '2']));
    expect(seen).toContain('faultline-health-check');
    await eventually(() =>
      expect(avoided(started)).toEqual([{ instance: 'api-1', cause: 'health-check' }]),
    );
    // The caller's own requests alone stand in its hops.
    expect(started.hops().every(({ path }) => path === '/')).toBe(true);
    unwell.clear();
    await eventually(async () => expect(await answers(started)).toEqual(['0', '1', '2']));
    await eventually(() => expect(avoided(started)).toEqual([]));
  });

  it('end with the policy, and what they found with them', async () => {
    const seen: string[] = [];
    const started = await upstream(await numbered(2, new Set([0]), seen), { healthCheck: POLICY });
    await eventually(() => expect(avoided(started)).toHaveLength(1));
    expect(await answers(started)).toEqual(['1']);
    await started.push({ cluster: {} });
    expect(await answers(started)).toEqual(['0', '1']);
    await eventually(() => expect(avoided(started)).toEqual([]));
    const asked = seen.length;
    await answers(started);
    expect(seen.length - asked).toBeLessThanOrEqual(1);
  });

  it('by TCP leave out who takes no connection', async () => {
    const ports = await numbered(2, new Set());
    const gone = open.splice(0, 1)[0];
    await gone?.close();
    const started = await upstream(ports, { healthCheck: { ...POLICY, check: { tcp: true } } });
    await eventually(() =>
      expect(avoided(started)).toEqual([{ instance: 'api-0', cause: 'health-check' }]),
    );
    expect(await answers(started)).toEqual(['1']);
  });

  it('by gRPC ask for the service that is meant', async () => {
    const ports: number[] = [];
    for (const serving of [1, 2]) {
      const service = await startHttp2Service((stream, headers) => {
        if (headers[':path'] !== '/grpc.health.v1.Health/Check') {
          stream.respond({ ':status': 200 });
          return void stream.end(String(serving));
        }
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const isKnown = Buffer.concat(chunks).includes('shop.Cart');
          stream.respond(
            { ':status': 200, 'content-type': 'application/grpc' },
            { waitForTrailers: true },
          );
          stream.on('wantTrailers', () =>
            stream.sendTrailers({ 'grpc-status': isKnown ? '0' : '5' }),
          );
          stream.end(Buffer.from([0, 0, 0, 0, 2, 8, serving]));
        });
      });
      open.push(service);
      ports.push(service.port);
    }
    const healthCheck = { ...POLICY, check: { grpc: 'shop.Cart' } };
    const started = await upstream(ports, { protocol: 'h2', healthCheck });
    await eventually(() =>
      expect(avoided(started)).toEqual([{ instance: 'api-1', cause: 'health-check' }]),
    );
    expect(await answers(started)).toEqual(['1']);
  });

  it('go through mutual TLS, as requests do', async () => {
    const seen: string[] = [];
    const [service] = await numbered(1, new Set(), seen);
    const hop = await startHop({ service: service ?? 0, cluster: { healthCheck: POLICY } });
    open.push(hop);
    await eventually(() => expect(seen.length).toBeGreaterThan(2));
  });
});
