import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { RouteConfig } from '../../../src-main/proxy/config.ts';
import { eventually } from '../../support/eventually.ts';
import { grpcClient, grpcStatus, startGrpcService } from '../../support/grpc.ts';
import type { GrpcClient, GrpcService } from '../../support/grpc.ts';
import { http2Client, startHttp2Service } from '../../support/http2-service.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function through(route: Partial<RouteConfig> = {}): Promise<{
  hop: TestHop;
  client: GrpcClient;
  service: GrpcService;
}> {
  const service = stack.add(await startGrpcService());
  const hop = stack.add(await startHop({ service: service.port, route }));
  return { hop, service, client: stack.add(grpcClient(hop.port)) };
}

describe('gRPC through two sidecars', () => {
  it('carries a unary call with its trailers, and the hops tell its status', async () => {
    const { hop, client } = await through();
    const { answer, trailers } = await client.unary('hello');
    expect(answer).toBe('hello');
    expect(trailers.get('echoed')).toEqual(['yes']);
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ grpcStatus: code }) => code)).toEqual([0, 0]);
    expect(hop.hops()[0]?.path).toBe('/test.Echo/Unary');
  });

  it('streams from the client, from the server and both ways', async () => {
    const { client } = await through();
    expect(await client.collect(['a', 'b', 'c'])).toBe('a,b,c');
    expect(await client.list(500)).toEqual(Array.from({ length: 500 }, (_, i) => String(i)));
    const chat = client.chat();
    const heard: string[] = [];
    chat.on('data', (part: string) => heard.push(part));
    for (let i = 0; i < 20; i++) {
      chat.write(`turn ${i}`);
      // Each answer comes before the next question: nothing is held back.
      await eventually(() => expect(heard).toHaveLength(i + 1));
    }
    const ended = new Promise((resolve) => chat.on('end', resolve));
    chat.end();
    await ended;
  });

  it('carries messages of ten megabytes', async () => {
    const { client } = await through();
    const message = 'x'.repeat(10_000_000);
    expect((await client.unary(message)).answer).toBe(message);
  });

  it('passes a status and its message on, and counts what is the fault of the service', async () => {
    const { hop, client } = await through();
    const failure = await client.unary('fail:13').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: grpcStatus.INTERNAL, details: 'as asked: ä' });
    await client.unary('fail:5').catch(() => undefined);
    await eventually(() => expect(hop.hops()).toHaveLength(4));
    const told = hop
      .hops()
      .filter(({ direction }) => direction === 'outbound')
      .map(({ grpcStatus: code, flags }) => [code, (flags & HopFlag.GRPC_FAILURE) !== 0]);
    expect(told).toEqual([
      [grpcStatus.INTERNAL, true],
      [grpcStatus.NOT_FOUND, false],
    ]);
  });

  it('passes a cancellation on to the service', async () => {
    const { service, client } = await through();
    let failure: unknown;
    const call = client.startUnary('wait', (error) => (failure = error));
    await eventually(() => expect(service.started()).toBe(1));
    call.cancel();
    await eventually(() => expect(failure).toBeDefined());
    expect(failure).toMatchObject({ code: grpcStatus.CANCELLED });
    await eventually(() => expect(service.cancelled()).toBe(1));
  });

  it('keeps the deadline of the caller', async () => {
    const { service, client } = await through();
    const failure = await client.unary('wait', 150).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: grpcStatus.DEADLINE_EXCEEDED });
    await eventually(() => expect(service.cancelled()).toBe(1));
  });

  it('tells a timeout of the route and an injected abort as gRPC statuses', async () => {
    const late = await through({ timeout: 80 });
    const failure = await late.client.unary('wait').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: grpcStatus.DEADLINE_EXCEEDED });
    const faults = [
      { name: 'broken', match: {}, abort: { status: 503, percentage: 100 }, random: false },
    ];
    const broken = await through({ faults });
    const injected = await broken.client.unary('x').catch((error: unknown) => error);
    expect(injected).toMatchObject({ code: grpcStatus.UNAVAILABLE });
    expect((injected as Error).message).toContain('injected');
    await eventually(() => expect(broken.hop.hops()).toHaveLength(1));
    expect(broken.hop.hops()[0]?.grpcStatus).toBe(grpcStatus.UNAVAILABLE);
  });

  it('is UNAVAILABLE when the service dies in mid-stream', async () => {
    const { service, client } = await through();
    const chat = client.chat();
    const failure = new Promise((resolve) => chat.on('error', resolve));
    chat.on('data', () => service.kill());
    chat.write('hello');
    expect(await failure).toMatchObject({ code: grpcStatus.UNAVAILABLE });
  });

  it('is DEADLINE_EXCEEDED when the time of the route is over in mid-stream', async () => {
    const { hop, client } = await through({ timeout: 200 });
    const call = client.startList('5:endless');
    const failure = new Promise((resolve) => call.on('error', resolve));
    call.on('data', () => undefined);
    expect(await failure).toMatchObject({ code: grpcStatus.DEADLINE_EXCEEDED });
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    const told = hop.hops().find(({ direction }) => direction === 'outbound');
    expect(told).toMatchObject({ grpcStatus: grpcStatus.DEADLINE_EXCEEDED, failure: 'timeout' });
  });

  it('has failed where the answer tells no status of gRPC', async () => {
    const service = stack.add(
      await startHttp2Service((stream, headers) => {
        stream.respond({ ':status': headers[':path'] === '/404' ? 404 : 200 });
        stream.end();
      }),
    );
    const hop = stack.add(await startHop({ service: service.port }));
    const client = stack.add(http2Client(hop.port));
    const call = { ':method': 'POST', 'content-type': 'application/grpc' };
    await client.send({ ...call, ':path': '/200' }, 'x');
    await client.send({ ...call, ':path': '/404' }, 'x');
    await eventually(() => expect(hop.hops()).toHaveLength(4));
    const told = hop.hops().filter(({ direction }) => direction === 'outbound');
    expect(told.map(({ grpcStatus: code }) => code)).toEqual([
      grpcStatus.UNKNOWN,
      grpcStatus.UNIMPLEMENTED,
    ]);
    expect(told.every(({ flags }) => flags & HopFlag.GRPC_FAILURE)).toBe(true);
  });
});
