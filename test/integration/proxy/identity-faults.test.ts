import { Agent, request } from 'node:http';
import { connect } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { ListenerConfig, RouteConfig } from '../../../src-main/proxy/config.ts';
import type { FaultConfig, IdentityFaultConfig } from '../../../src-main/proxy/config/fault.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { outcomeOf } from '../../../src-main/telemetry/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { startHttp2Service } from '../../support/http2-service.ts';
import { echo, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

type Shows = IdentityFaultConfig['shows'];

function fault(identity: Partial<IdentityFaultConfig>): FaultConfig {
  const part = { shows: 'expired', side: 'client', percentage: 100, ...identity } as const;
  return { name: 'stranger', match: {}, random: false, identity: part };
}

interface Started {
  readonly hop: TestHop;
  /** Requests that reached the service. */
  readonly reached: () => number;
}

async function start(
  route: Partial<RouteConfig>,
  inbound: Partial<ListenerConfig> = {},
): Promise<Started> {
  let reached = 0;
  const service = stack.add(
    await startService((asked, answer) => {
      reached++;
      echo(asked, answer);
    }),
  );
  const hop = stack.add(await startHop({ service: service.port, route, inbound }));
  return { hop, reached: () => reached };
}

function get(port: number, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/hi', agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });
}

async function hopOf(hop: TestHop, direction: Hop['direction']): Promise<Hop> {
  return eventually(() => {
    const found = hop.hops().find((one) => one.direction === direction);
    expect(found).toBeDefined();
    return found as Hop;
  });
}

describe('a caller that shows a wrong certificate', () => {
  it.each<[Shows, RegExp]>([
    ['expired', /not of this mesh|EXPIRED/],
    ['notYetValid', /not of this mesh|NOT_YET_VALID/],
    ['unknownCa', /not of this mesh/],
    ['missingChain', /not of this mesh/],
    ['plainText', /SSL/],
  ])(
    '(%s) is refused by the other side, and the hop says that it was on purpose',
    async (shows, reason) => {
      const { hop, reached } = await start({ faults: [fault({ shows })] });
      expect(await get(hop.port)).toBe(503);
      expect(reached()).toBe(0);
      const outbound = await hopOf(hop, 'outbound');
      const { failure, faults, flags } = outbound;
      expect(outcomeOf(outbound)).toBe('injected');
      expect(['connect-failure', 'upstream-reset']).toContain(failure);
      expect([faults, flags & HopFlag.FAULT_INJECTED]).toEqual([
        'stranger',
        HopFlag.FAULT_INJECTED,
      ]);
      await eventually(() => {
        const reasons = hop.refusals().map((message) => 'reason' in message && message.reason);
        expect(reasons).toEqual([expect.stringMatching(reason)]);
      });
    },
  );

  it('(wrongSpiffeId) comes as another service, which its authorization may refuse', async () => {
    const allowed = {
      name: 'web',
      action: 'allow',
      dryRun: false,
      principals: ['*/sa/web'],
    } as const;
    const split = [{ cluster: 'local', weight: 1 }];
    const route = { name: 'in', match: {}, overrides: [], split, timeout: 0, faults: [] };
    const guarded = { ...route, authorization: { namesRule: true, policies: [allowed] } };
    const faults = [fault({ shows: 'wrongSpiffeId' })];
    const { hop } = await start({ faults }, { routes: [guarded] });
    expect(await get(hop.port)).toBe(403);
    const inbound = await hopOf(hop, 'inbound');
    expect([inbound.sourceService, inbound.rule]).toEqual(['not-web', 'web']);
    await hop.push({});
    expect(await get(hop.port)).toBe(200);
  });

  it('(plainText) is served where plain text is taken', async () => {
    const faults = [fault({ shows: 'plainText' })];
    const { hop } = await start({ faults }, { mtls: 'permissive' });
    expect(await get(hop.port)).toBe(200);
    const { flags, peerSpiffeId } = await hopOf(hop, 'outbound');
    expect([flags & HopFlag.MTLS, peerSpiffeId]).toEqual([0, '']);
  });
});

describe('a service that shows a wrong certificate', () => {
  it.each<[Shows, string]>([
    ['expired', 'connect-failure'],
    ['notYetValid', 'connect-failure'],
    ['unknownCa', 'connect-failure'],
    ['missingChain', 'connect-failure'],
    ['wrongSpiffeId', 'identity-mismatch'],
  ])('(%s) is refused by its caller: %s', async (shows, failure) => {
    const { hop, reached } = await start({ faults: [fault({ shows, side: 'server' })] });
    expect(await get(hop.port)).toBe(503);
    expect(reached()).toBe(0);
    const outbound = await hopOf(hop, 'outbound');
    expect([outbound.failure, outbound.faults]).toEqual([failure, 'stranger']);
  });
});

describe('a share of the requests', () => {
  it('is one of requests: the others go over connections that are kept', async () => {
    const { hop, reached } = await start({ faults: [fault({ percentage: 30 })] });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    stack.add({ close: () => void agent.destroy() });
    const statuses: number[] = [];
    for (let i = 0; i < 50; i++) statuses.push(await get(hop.port, agent));
    expect(statuses.filter((status) => status === 503)).toHaveLength(15);
    expect(reached()).toBe(35);
    await eventually(() => {
      const good = hop
        .hops()
        .filter(({ faults, direction }) => direction === 'outbound' && !faults);
      expect(good).toHaveLength(35);
      // One handshake for all of them.
      expect(good.filter(({ timing }) => timing.tls > 0)).toHaveLength(1);
    });
  });

  it('is retried as real failures are', async () => {
    const retry = {
      attempts: 1,
      perTryTimeout: 0,
      on: ['connect-failure', 'reset'] as const,
      backOff: { base: 1, max: 1 },
    };
    const faults = [fault({ percentage: 50, side: 'server' })];
    const { hop } = await start({ faults, retry });
    const statuses = await Promise.all(Array.from({ length: 20 }, () => get(hop.port)));
    expect(new Set(statuses).has(200)).toBe(true);
    const retried = hop.hops().filter(({ flags }) => flags & HopFlag.RETRIED);
    expect(retried.length).toBeGreaterThan(0);
    expect(retried.every(({ faults: names }) => names === 'stranger')).toBe(true);
  });

  it('is one of HTTP/2 streams as well', async () => {
    let reached = 0;
    const service = stack.add(
      await startHttp2Service((stream) => {
        reached++;
        stream.respond({ ':status': 200 });
        stream.end();
      }),
    );
    const faults = [fault({ percentage: 50, side: 'server' })];
    const hop = stack.add(await startHop({ service: service.port, route: { faults } }));
    const session = connect(`http://127.0.0.1:${hop.port}`);
    stack.add({ close: () => void session.destroy() });
    const ask = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ':path': '/hi' });
        stream.on('response', (headers) => resolve(Number(headers[':status'])));
        stream.on('error', reject);
        stream.resume();
      });
    const statuses = [];
    for (let i = 0; i < 10; i++) statuses.push(await ask());
    expect(statuses.filter((status) => status === 503)).toHaveLength(5);
    expect(reached).toBe(5);
  });
});

describe('when the fault goes', () => {
  it.each<Partial<IdentityFaultConfig>>([
    { shows: 'wrongSpiffeId' },
    { shows: 'plainText' },
    { shows: 'expired' },
    { shows: 'expired', side: 'server' },
  ])('no connection of it is left: %o', async (identity) => {
    const { hop } = await start({ faults: [fault(identity)] }, { mtls: 'permissive' });
    const sockets = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    await hop.push({});
    await get(hop.port);
    const before = sockets();
    await hop.push({ faults: [fault(identity)] });
    for (let i = 0; i < 5; i++) await get(hop.port);
    // Each would have left two; one that was just closing may have been counted before.
    await eventually(() => expect(sockets()).toBeLessThan(before + 3));
  });

  it('nothing of it is left: requests on the same connection work again', async () => {
    const { hop } = await start({ faults: [fault({ side: 'server' })] });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    stack.add({ close: () => void agent.destroy() });
    expect(await get(hop.port, agent)).toBe(503);
    await hop.push({});
    expect([await get(hop.port, agent), await get(hop.port, agent)]).toEqual([200, 200]);
    await hop.push({ faults: [fault({ shows: 'plainText' })] });
    expect(await get(hop.port, agent)).toBe(503);
  });
});
