import { afterEach, describe, expect, it } from 'vitest';
import type { EndpointConfig } from '../../../src-main/proxy/config.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { isFailedByFault, outcomeOf } from '../../../src-main/telemetry/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { startService } from '../../support/service.ts';
import { startTcpService } from '../../support/tcp-service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function upstream(options: UpstreamOptions): Promise<TestUpstream> {
  const started = await startUpstream(options);
  open.push(started);
  return started;
}

function endpoint(port: number, ...instanceFaults: string[]): EndpointConfig {
  return { id: 'api-0', host: '127.0.0.1', port, instanceFaults };
}

function ask({ port }: TestUpstream): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/`);
}

async function lastHop(started: TestUpstream, count = 1) {
  return eventually(() => (started.hops().length >= count ? started.hops().at(-1)! : false));
}

describe('a hop to an instance that a fault acts on', () => {
  it('that fails is marked, in the answer too, and is never taken for a real failure', async () => {
    const service = await startService((request) => request.socket.destroy());
    open.push(service);
    const started = await upstream({
      ports: [service.port],
      cluster: { endpoints: [endpoint(service.port, 'killed', 'starved')] },
    });
    const answer = await ask(started);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('x-faultline-fault')).toBe('killed,starved');
    const hop = await lastHop(started);
    expect(hop.faults).toBe('killed,starved');
    expect(hop.flags & HopFlag.UPSTREAM_RESET).not.toBe(0);
    expect(isFailedByFault(hop)).toBe(true);
  });

  it('that works is marked as touched', async () => {
    const service = await startService((_request, response) => void response.end('fine'));
    open.push(service);
    const started = await upstream({
      ports: [service.port],
      cluster: { endpoints: [endpoint(service.port, 'slowed')] },
    });
    expect(await (await ask(started)).text()).toBe('fine');
    const hop = await lastHop(started);
    expect(hop.flags & (HopFlag.FAULT_INJECTED | HopFlag.ABORT_INJECTED)).toBe(
      HopFlag.FAULT_INJECTED,
    );
    expect(outcomeOf(hop)).toBe('injected');
  });

  it('is marked by a fault that came and went while it was under way, and none after it is', async () => {
    const answers: (() => void)[] = [];
    const service = await startService((_request, response) => {
      answers.push(() => void response.end('fine'));
    });
    open.push(service);
    const plain = endpoint(service.port);
    const started = await upstream({ ports: [service.port], cluster: { endpoints: [plain] } });
    const first = ask(started);
    await eventually(() => answers.length === 1);
    await started.push({ cluster: { endpoints: [endpoint(service.port, 'paused')] } });
    await started.push({ cluster: { endpoints: [plain] } });
    answers[0]?.();
    expect((await first).status).toBe(200);
    expect((await lastHop(started)).faults).toBe('paused');
    const second = ask(started);
    await eventually(() => answers.length === 2);
    answers[1]?.();
    expect((await second).status).toBe(200);
    expect((await lastHop(started, 2)).faults).toBe('');
  });

  it('that finds nobody is marked with what keeps the instances away', async () => {
    const started = await upstream({
      ports: [],
      cluster: { endpoints: [], absentByFaults: ['killed'] },
    });
    const answer = await ask(started);
    expect(answer.headers.get('x-faultline-fault')).toBe('killed');
    const hop = await lastHop(started);
    expect(hop.flags & HopFlag.NO_ENDPOINT).not.toBe(0);
    expect(isFailedByFault(hop)).toBe(true);
  });

  it('is marked where it is a connection of bytes', async () => {
    const service = await startTcpService((socket) => socket.destroy());
    open.push(service);
    const started = await upstream({
      ports: [service.port],
      protocol: 'tcp',
      cluster: { endpoints: [endpoint(service.port, 'killed')] },
    });
    await ask(started).catch(() => undefined);
    const hop = await eventually(
      () => started.hops().find(({ flags }) => !(flags & HopFlag.OPEN)) ?? false,
    );
    expect(hop.faults).toBe('killed');
  });
});
