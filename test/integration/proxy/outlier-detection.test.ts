import { afterEach, describe, expect, it } from 'vitest';
import type { OutlierDetectionConfig } from '../../../src-main/proxy/config/upstream.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startService } from '../../support/service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const POLICY: OutlierDetectionConfig = {
  consecutive5xx: 2,
  consecutiveGatewayErrors: 0,
  interval: 100,
  baseEjectionTime: 400,
  maxEjectionTime: 10_000,
  maxEjectionPercent: 50,
};

/** Services that answer with their number; those in `broken` with 500. */
async function numbered(count: number, broken: Set<number>): Promise<number[]> {
  const ports: number[] = [];
  for (let i = 0; i < count; i++) {
    const service = await startService((_request, response) => {
      response.writeHead(broken.has(i) ? 500 : 200).end(String(i));
    });
    open.push(service);
    ports.push(service.port);
  }
  return ports;
}

async function upstream(options: UpstreamOptions): Promise<TestUpstream> {
  const started = await startUpstream(options);
  open.push(started);
  return started;
}

async function ask({ port }: TestUpstream): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  return `${answer.status} ${await answer.text()}`;
}

async function askAll(started: TestUpstream, times: number): Promise<string[]> {
  const answers: string[] = [];
  for (let i = 0; i < times; i++) answers.push(await ask(started));
  return answers;
}

describe('outlier detection', () => {
  it('leaves an instance out that fails, and takes it back when its time is over', async () => {
    const broken = new Set([1]);
    const started = await upstream({
      ports: await numbered(3, broken),
      cluster: { outlierDetection: POLICY },
    });
    const before = await askAll(started, 6);
    expect(before.filter((one) => one === '500 1')).toHaveLength(2);
    const after = await askAll(started, 6);
    expect(after.filter((one) => one.startsWith('500'))).toEqual([]);
    await eventually(() => expect(started.hops()).toHaveLength(12));
    expect((started.hops().at(-1)?.flags ?? 0) & HopFlag.EJECTED).not.toBe(0);
    expect((started.hops()[0]?.flags ?? 0) & HopFlag.EJECTED).toBe(0);
    broken.clear();
    await eventually(async () => expect(await askAll(started, 3)).toContain('200 1'));
  });

  it('counts an injected failure against the instance that it kept from answering', async () => {
    const abort = {
      name: 'broken',
      match: {},
      instance: 'api-0',
      abort: { status: 503, percentage: 100 },
      random: false,
    };
    const started = await upstream({
      ports: await numbered(2, new Set()),
      cluster: { outlierDetection: POLICY },
      route: { faults: [abort] },
    });
    const first = await askAll(started, 4);
    expect(first.filter((one) => one.startsWith('503'))).toHaveLength(2);
    expect(await askAll(started, 4)).toEqual(['200 1', '200 1', '200 1', '200 1']);
  });

  it('asks all of them where fewer than half are left', async () => {
    const started = await upstream({
      ports: await numbered(3, new Set([0, 1])),
      cluster: {
        outlierDetection: { ...POLICY, maxEjectionPercent: 100, baseEjectionTime: 60_000 },
      },
    });
    await askAll(started, 9);
    const answers = await askAll(started, 9);
    expect(answers).toContain('500 0');
    await eventually(() => expect(started.hops()).toHaveLength(18));
    expect((started.hops().at(-1)?.flags ?? 0) & HopFlag.PANIC).not.toBe(0);
  });

  it('asks nobody who is out where the panic threshold is 0, even if nobody is left', async () => {
    const outlierDetection = { ...POLICY, maxEjectionPercent: 100, baseEjectionTime: 60_000 };
    const loadBalancing = { algorithm: 'roundRobin' as const, panicThreshold: 0 };
    const started = await upstream({
      ports: await numbered(2, new Set([0, 1])),
      cluster: { outlierDetection, loadBalancing },
    });
    await askAll(started, 4);
    expect((await ask(started)).slice(0, 3)).toBe('503');
    await eventually(() => expect(started.hops()).toHaveLength(5));
    expect(started.hops().at(-1)).toMatchObject({ failure: 'no-endpoint', status: 503 });
  });

  it('keeps who is out through a push that is about something else, and lets them in without a policy', async () => {
    const ports = await numbered(2, new Set([0]));
    const cluster = { outlierDetection: { ...POLICY, baseEjectionTime: 60_000 } };
    const started = await upstream({ ports, cluster });
    await askAll(started, 4);
    await started.push({ cluster: { ...cluster, connectTimeout: 900 } });
    expect(await askAll(started, 2)).toEqual(['200 1', '200 1']);
    await started.push({ cluster: {} });
    expect((await askAll(started, 2)).sort()).toEqual(['200 1', '500 0']);
  });

  it('counts connections that cannot be made', async () => {
    const [gone] = await numbered(1, new Set());
    const service = open.pop();
    await service?.close();
    const ports = [gone ?? 0, ...(await numbered(1, new Set()))];
    const started = await upstream({
      ports,
      cluster: { outlierDetection: { ...POLICY, consecutiveLocalOriginFailures: 3 } },
    });
    const answers = await askAll(started, 12);
    expect(answers.filter((one) => one.startsWith('503'))).toHaveLength(3);
    expect(answers.slice(-4)).toEqual(['200 0', '200 0', '200 0', '200 0']);
  });
});
