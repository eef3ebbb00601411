import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { RouteConfig } from '../../../src-main/proxy/config.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { grpcClient, startGrpcService } from '../../support/grpc.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { http2Client, startHttp2Service } from '../../support/http2-service.ts';
import { startInstance } from '../../support/instances.ts';
import type { Asked, Instance } from '../../support/instances.ts';
import { rawClient } from '../../support/raw-client.ts';
import type { RawClient } from '../../support/raw-client.ts';
import { startService } from '../../support/service.ts';
import { startUpstream } from '../../support/upstream.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const IDLE = { idleTimeout: 150 };

async function instance(answer?: (asked: Asked) => void): Promise<Instance> {
  return stack.add(await startInstance(answer));
}

async function hopTo(port: number, route: Partial<RouteConfig>): Promise<TestHop> {
  return stack.add(await startHop({ service: port, route }));
}

async function asking(port: number, text: string): Promise<RawClient> {
  const client = stack.add(await rawClient(port));
  client.send(text);
  return client;
}

/** Sends `text` so many times, each well within the idle timeout. */
async function drip(times: number, send: (i: number) => void): Promise<void> {
  for (let i = 0; i < times; i++) {
    send(i);
    let turns = 0;
    await eventually(() => ++turns > 2, { every: 20 });
  }
}

async function outbound(hop: TestHop): Promise<{ failure: string; flags: number }> {
  return eventually(() => {
    const found = hop.hops().find(({ direction }) => direction === 'outbound');
    return found ?? false;
  });
}

describe('the idle timeout', () => {
  it('answers 504 where the service says nothing to a whole request', async () => {
    const slow = await instance();
    const hop = await hopTo(slow.port, IDLE);
    const answer = await fetch(`http://127.0.0.1:${hop.port}/`);
    expect([answer.status, answer.headers.get('x-faultline-failure')]).toEqual([
      504,
      'stream-idle',
    ]);
    await eventually(() => expect(slow.cancelled()).toBe(1));
    const { failure, flags } = await outbound(hop);
    expect(failure).toBe('stream-idle');
    expect(flags & HopFlag.IDLE_TIMEOUT).toBeTruthy();
  });

  it('answers 408 where the caller owes the rest of his request', async () => {
    const slow = await instance();
    const hop = await hopTo(slow.port, IDLE);
    const client = await asking(
      hop.port,
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf',
    );
    await eventually(() => expect(client.received()).toContain('HTTP/1.1 408'));
    expect(client.received()).toContain('x-faultline-failure: request-idle');
    await eventually(() => expect(client.closed()).toBe(true));
    expect((await outbound(hop)).failure).toBe('request-idle');
  });

  it('cuts an answer off that stops in the middle', async () => {
    const stalls = await instance(({ response }) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('begun');
    });
    const hop = await hopTo(stalls.port, IDLE);
    const client = await asking(hop.port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await eventually(() => expect(client.received()).toContain('begun'));
    await eventually(() => expect(client.closed()).toBe(true));
    expect((await outbound(hop)).failure).toBe('stream-idle');
  });

  it('lets what is slow, but moves, take as long as it likes', async () => {
    const service = stack.add(
      await startService((request, response) => {
        request.resume();
        response.writeHead(200);
        void drip(8, (i) => response.write(`${i}`)).then(() => response.end('end'));
      }),
    );
    const hop = await hopTo(service.port, IDLE);
    const client = await asking(
      hop.port,
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\n',
    );
    await drip(8, () => client.send('x'));
    await eventually(() => expect(client.received()).toContain('end'));
    expect(client.received()).toContain('HTTP/1.1 200');
  });

  it('resets a stream of HTTP/2', async () => {
    let resets = 0;
    const service = stack.add(
      await startHttp2Service((stream) => {
        stream.on('close', () => resets++);
        stream.respond({ ':status': 200 });
        stream.write('begun');
      }),
    );
    const hop = await hopTo(service.port, IDLE);
    const client = stack.add(http2Client(hop.port));
    const answer = await client.send({});
    expect([answer.body.toString(), answer.code === 0]).toEqual(['begun', false]);
    await eventually(() => expect(resets).toBe(1));
  });

  it('ends a gRPC stream with a status', async () => {
    const service = stack.add(await startGrpcService());
    const hop = await hopTo(service.port, IDLE);
    const client = stack.add(grpcClient(hop.port));
    const call = client.startList('3:endless');
    const heard: string[] = [];
    call.on('data', (part: string) => heard.push(part));
    const code = await new Promise((resolve) =>
      call.on('error', (error) => resolve((error as { code?: number }).code)),
    );
    // DEADLINE_EXCEEDED, as of every 504 of the proxy's own.
    expect([heard.length, code]).toEqual([3, 4]);
  });

  it('counts for the tunnel that an upgrade becomes', async () => {
    const service = stack.add(await startService(() => undefined));
    service.server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhello');
      socket.on('error', () => undefined);
    });
    const upstream = stack.add(await startUpstream({ ports: [service.port], route: IDLE }));
    const head = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n';
    const client = await asking(upstream.port, head);
    await eventually(() => expect(client.received()).toContain('hello'));
    await eventually(() => expect(client.closed()).toBe(true));
  });
});

describe('the per-try idle timeout', () => {
  const retry = {
    attempts: 1,
    perTryTimeout: 0,
    perTryIdleTimeout: 100,
    on: ['reset' as const],
    backOff: { base: 1, max: 1 },
  };

  it('gives a try up of which nothing moves, and the next one answers', async () => {
    const [silent, well] = [
      await instance(),
      await instance(({ response }) => void response.end('well')),
    ];
    const ports = [silent.port, well.port];
    const upstream = stack.add(await startUpstream({ ports, route: { retry } }));
    expect(await (await fetch(`http://127.0.0.1:${upstream.port}/`)).text()).toBe('well');
    await eventually(() => expect(silent.cancelled()).toBe(1));
    await eventually(() => expect(upstream.hops()[0]?.failure).toBe('per-try-idle-timeout'));
  });

  it('goes on through the answer, which is cut off', async () => {
    const stalls = await instance(({ response }) => void response.write('begun'));
    const upstream = stack.add(await startUpstream({ ports: [stalls.port], route: { retry } }));
    const answer = await fetch(`http://127.0.0.1:${upstream.port}/`);
    await expect(answer.text()).rejects.toThrow();
    await eventually(() => expect(upstream.hops()[0]?.failure).toBe('per-try-idle-timeout'));
  });

  it('does not run while the caller is sending his request', async () => {
    const well = await instance(({ response, body }) => void response.end(body));
    const upstream = stack.add(await startUpstream({ ports: [well.port], route: { retry } }));
    const client = await asking(
      upstream.port,
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\na',
    );
    let turns = 0;
    await eventually(() => ++turns > 8, { every: 25 });
    client.send('b');
    await eventually(() => expect(client.received()).toContain('ab'));
  });
});
