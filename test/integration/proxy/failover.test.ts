import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { EndpointConfig } from '../../../src-main/proxy/config.ts';
import type { OutlierDetectionConfig } from '../../../src-main/proxy/config/upstream.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startService } from '../../support/service.ts';
import type { TestService } from '../../support/service.ts';
import { startTcpService } from '../../support/tcp-service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const OUTLIERS: OutlierDetectionConfig = {
  consecutive5xx: 2,
  consecutiveGatewayErrors: 0,
  interval: 100,
  baseEjectionTime: 300,
  maxEjectionTime: 300,
  maxEjectionPercent: 100,
};

const CHECK = {
  check: { path: '/', expectedStatuses: [200] },
  ...{ interval: 50, timeout: 500, jitter: 0, healthyThreshold: 1, unhealthyThreshold: 1 },
};

const RETRY = {
  attempts: 2,
  perTryTimeout: 0,
  on: ['5xx' as const],
  backOff: { base: 1, max: 5 },
};

/** Two instances in each of two zones; each answers with its zone, or 500 while it is `broken`. */
class Zones {
  readonly services: Record<string, TestService> = {};
  readonly broken = new Set<string>();

  async start(): Promise<void> {
    for (const id of ['a-0', 'a-1', 'b-0', 'b-1']) {
      const service = await startService((_request, response) => {
        response.writeHead(this.broken.has(id) ? 500 : 200).end(id.slice(0, 1));
      });
      open.push(service);
      this.services[id] = service;
    }
  }

  endpoints(ids: readonly string[] = Object.keys(this.services)): EndpointConfig[] {
    return ids.map((id) => ({
      id,
      host: '127.0.0.1',
      port: this.services[id]?.port ?? 0,
      locality: id.startsWith('a') ? 'eu/west/a' : 'eu/west/b',
      priority: id.startsWith('a') ? 0 : 1,
    }));
  }

  async stop(id: string): Promise<void> {
    await this.services[id]?.close();
  }

  async startAgain(id: string): Promise<void> {
    const { server, port } = this.services[id] as TestService;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }
}

async function zones(options: Partial<UpstreamOptions> = {}): Promise<[Zones, TestUpstream]> {
  const made = new Zones();
  await made.start();
  const { cluster, ...rest } = options;
  const started = await startUpstream({
    ports: [],
    cluster: { endpoints: made.endpoints(), ...cluster },
    ...rest,
  });
  open.push(started);
  return [made, started];
}

/** Callers that ask again and again until they are stopped. */
class Callers {
  readonly answers: string[] = [];
  readonly #running: Promise<void>[];
  #stopped = false;

  constructor(port: number) {
    this.#running = Array.from({ length: 4 }, () => this.#ask(port));
    open.push(this);
  }

  /** The zones that answered from the `from`th answer on. */
  zonesFrom(from: number): Set<string> {
    return new Set(this.answers.slice(from));
  }

  async close(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  async #ask(port: number): Promise<void> {
    while (!this.#stopped) {
      const answer = await fetch(`http://127.0.0.1:${port}/`);
      const text = await answer.text();
      this.answers.push(answer.status === 200 ? text : `${answer.status} ${text}`);
    }
  }
}

/** Once so many more answers are there, the zones that gave them. */
async function nextZones(callers: Callers, count = 40): Promise<Set<string>> {
  const from = callers.answers.length;
  await eventually(() => callers.answers.length >= from + count);
  return callers.zonesFrom(from);
}

describe('failover', () => {
  it('moves requests to the next zone when an instance after the other dies, and back, and loses none', async () => {
    const [services, { port, hops }] = await zones({
      cluster: { outlierDetection: OUTLIERS },
      route: { retry: RETRY },
    });
    const callers = new Callers(port);
    expect(await nextZones(callers)).toEqual(new Set(['a']));
    await services.stop('a-0');
    await services.stop('a-1');
    await eventually(async () => expect(await nextZones(callers)).toEqual(new Set(['b'])));
    await services.startAgain('a-0');
    await services.startAgain('a-1');
    await eventually(async () => expect(await nextZones(callers)).toEqual(new Set(['a'])));
    await callers.close();
    expect(callers.answers.filter((one) => one !== 'a' && one !== 'b')).toEqual([]);
    await eventually(() => expect(final(hops()).length).toBe(callers.answers.length));
    const [first, later] = [final(hops())[0], final(hops()).find(isFailedOver)];
    expect(first).toMatchObject({ destinationLocality: 'eu/west/a', priority: 0 });
    expect(later).toMatchObject({ destinationLocality: 'eu/west/b', priority: 1, status: 200 });
    expect(final(hops()).every((hop) => isFailedOver(hop) === hop.priority > 0)).toBe(true);
  });

  it('is told once, with what it leads to, and so is its end', async () => {
    const [services, started] = await zones({
      cluster: { healthCheck: CHECK, priorities: ['eu/west/a', 'eu/west/b'] },
    });
    const told = (): unknown[] =>
      started.messages().flatMap((one) => (one.type === 'avoided' ? [one.failedOver] : []));
    services.broken.add('a-0').add('a-1');
    const api = { service: 'api', version: 'v1', hasServed: true };
    await eventually(() =>
      expect(told().at(-1)).toEqual([
        {
          ...api,
          priorities: [
            { name: 'eu/west/a', load: 0, well: 0, total: 2 },
            { name: 'eu/west/b', load: 100, well: 2, total: 2 },
          ],
        },
      ]),
    );
    services.broken.clear();
    await eventually(() => expect(told().at(-1)).toEqual([]));
  });

  it('spills over what the zone cannot bear where a part of it is ejected', async () => {
    const [services, { port }] = await zones({
      cluster: { outlierDetection: { ...OUTLIERS, baseEjectionTime: 60_000 } },
    });
    services.broken.add('a-0');
    for (let i = 0; i < 4; i++) await (await fetch(`http://127.0.0.1:${port}/`)).text();
    const answers: string[] = [];
    for (let i = 0; i < 50; i++) {
      answers.push(await (await fetch(`http://127.0.0.1:${port}/`)).text());
    }
    expect(answers.filter((one) => one === 'b')).toHaveLength(15);
  });

  it('follows the endpoints that are known, while requests run', async () => {
    const [services, started] = await zones();
    const callers = new Callers(started.port);
    expect(await nextZones(callers)).toEqual(new Set(['a']));
    for (let i = 0; i < 5; i++) {
      await started.push({ cluster: { endpoints: services.endpoints(['b-0', 'b-1']) } });
      const from = callers.answers.length + 4;
      await nextZones(callers);
      expect(callers.zonesFrom(from)).toEqual(new Set(['b']));
      await started.push({ cluster: { endpoints: services.endpoints() } });
      const back = callers.answers.length + 4;
      await nextZones(callers);
      expect(callers.zonesFrom(back)).toEqual(new Set(['a']));
    }
    await callers.close();
    expect(callers.answers.filter((one) => one !== 'a' && one !== 'b')).toEqual([]);
  });

  it('is what a health check leads to as well', async () => {
    const [services, { port }] = await zones({ cluster: { healthCheck: CHECK } });
    const callers = new Callers(port);
    services.broken.add('a-0').add('a-1');
    await eventually(async () => expect(await nextZones(callers)).toEqual(new Set(['b'])));
    services.broken.clear();
    await eventually(async () => expect(await nextZones(callers)).toEqual(new Set(['a'])));
  });

  it('takes a priority that was changed by a push, and keeps the connections', async () => {
    const [services, started] = await zones();
    const ask = async (): Promise<string> =>
      (await fetch(`http://127.0.0.1:${started.port}/`)).text();
    expect(await ask()).toBe('a');
    const turned = services
      .endpoints()
      .map((one) => ({ ...one, priority: one.priority === 0 ? 1 : 0 }));
    await started.push({ cluster: { endpoints: turned } });
    expect(await ask()).toBe('b');
  });

  it('is exact where localities have weights', async () => {
    const [services, started] = await zones();
    const endpoints = services.endpoints().map((one) => ({ ...one, priority: 0 }));
    const localityWeights = { 'eu/west/a': 80, 'eu/west/b': 20 };
    await started.push({ cluster: { endpoints, localityWeights } });
    const answers: string[] = [];
    for (let i = 0; i < 50; i++) {
      answers.push(await (await fetch(`http://127.0.0.1:${started.port}/`)).text());
    }
    expect(answers.filter((one) => one === 'b')).toHaveLength(10);
  });

  it('has connections of TCP too', async () => {
    const service = await startTcpService((socket) => void socket.end('hello'));
    open.push(service);
    const endpoint = { id: 'b-0', host: '127.0.0.1', port: service.port };
    const started = await startUpstream({
      ports: [],
      protocol: 'tcp',
      cluster: { endpoints: [{ ...endpoint, locality: 'eu/west/b', priority: 1 }] },
    });
    open.push(started);
    const socket = connect(started.port, '127.0.0.1').resume();
    await once(socket, 'end');
    socket.end();
    await eventually(() => expect(started.hops()).toHaveLength(1));
    expect(started.hops()[0]).toMatchObject({ destinationLocality: 'eu/west/b', priority: 1 });
    expect(isFailedOver(started.hops()[0] as Hop)).toBe(true);
  });
});

/** What callers got: without the tries that another one followed. */
function final(hops: readonly Hop[]): Hop[] {
  return hops.filter(({ flags }) => (flags & HopFlag.RETRIED) === 0);
}

function isFailedOver({ flags }: Hop): boolean {
  return (flags & HopFlag.FAILOVER) !== 0;
}
