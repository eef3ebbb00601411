import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { grpcClient, grpcStatus, startGrpcService } from '../../support/grpc.ts';
import { http2Client, startHttp2Service } from '../../support/http2-service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream } from '../../support/upstream.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function mirrored(port: number, shadow: number): Promise<TestUpstream> {
  const split = [{ cluster: 'api|v2', weight: 1 }];
  const mirror = { percentage: 100, random: false, hostSuffix: true, split };
  return stack.add(await startUpstream({ ports: [port], v2: [shadow], route: { mirror } }));
}

function theShadow(upstream: TestUpstream): Promise<Hop> {
  return eventually(() => {
    const found = upstream.hops().filter(({ flags }) => flags & HopFlag.MIRROR);
    expect(found).toHaveLength(1);
    return found[0] as Hop;
  });
}

type OnStream = Parameters<typeof startHttp2Service>[0];

describe('a mirror of HTTP/2', () => {
  const echo: OnStream = (stream) => {
    stream.respond({ ':status': 200 });
    stream.pipe(stream);
  };

  it('sends the whole request, and compares what comes', async () => {
    const bodies: string[] = [];
    let authority: string | undefined;
    const shadow = stack.add(
      await startHttp2Service((stream, headers) => {
        authority = headers[':authority'];
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          bodies.push(Buffer.concat(chunks).toString());
          stream.respond({ ':status': 200 });
          stream.end(Buffer.concat(chunks));
        });
      }),
    );
    const service = stack.add(await startHttp2Service(echo));
    const upstream = await mirrored(service.port, shadow.port);
    const client = stack.add(http2Client(upstream.port));
    const body = 'x'.repeat(2_000_000);
    const answer = await client.send({ ':path': '/a', ':method': 'POST' }, body);
    expect(answer.body.toString() === body).toBe(true);
    const hop = await theShadow(upstream);
    expect(bodies[0] === body).toBe(true);
    expect(authority).toBe(`127.0.0.1-shadow:${upstream.port}`);
    expect(hop).toMatchObject({ protocol: 'h2', status: 200, requestBytes: body.length });
    expect(hop.mirror).toMatchObject({ compared: true, statusDiffers: false, bodyDiffers: false });
    expect(hop.mirror?.primaryBytes).toBe(body.length);
  });

  it('lets nothing of a shadow that resets its stream reach the caller', async () => {
    const shadow = stack.add(await startHttp2Service((stream) => stream.close(2)));
    const service = stack.add(await startHttp2Service(echo));
    const upstream = await mirrored(service.port, shadow.port);
    const client = stack.add(http2Client(upstream.port));
    const body = 'x'.repeat(2_000_000);
    const answer = await client.send({ ':path': '/a', ':method': 'POST' }, body);
    expect([answer.status, answer.body.length]).toEqual([200, body.length]);
    expect(await theShadow(upstream)).toMatchObject({ failure: 'upstream-reset', status: 0 });
  });
});

describe('a mirror of gRPC', () => {
  it('compares the status of a call, which comes in its trailers', async () => {
    const service = stack.add(await startGrpcService());
    // It speaks HTTP/2, but has none of these methods.
    const shadow = stack.add(
      await startHttp2Service((stream) => {
        stream.resume();
        stream.respond(
          { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' },
          { endStream: true },
        );
      }),
    );
    const upstream = await mirrored(service.port, shadow.port);
    const client = stack.add(grpcClient(upstream.port));
    expect((await client.unary('hello')).answer).toBe('hello');
    const hop = await theShadow(upstream);
    expect(hop).toMatchObject({ status: 200, grpcStatus: grpcStatus.UNIMPLEMENTED });
    expect(hop.mirror).toMatchObject({ compared: true, statusDiffers: true, primaryGrpcStatus: 0 });
  });

  it('finds two calls alike, messages and all', async () => {
    const [service, shadow] = [
      stack.add(await startGrpcService()),
      stack.add(await startGrpcService()),
    ];
    const upstream = await mirrored(service.port, shadow.port);
    const client = stack.add(grpcClient(upstream.port));
    expect(await client.collect(['a', 'b'])).toBe('a,b');
    const hop = await theShadow(upstream);
    expect(hop.mirror).toMatchObject({ compared: true, statusDiffers: false, bodyDiffers: false });
    expect(hop.grpcStatus).toBe(grpcStatus.OK);
  });

  it('goes along with a call that streams both ways', async () => {
    const [service, shadow] = [
      stack.add(await startGrpcService()),
      stack.add(await startGrpcService()),
    ];
    const upstream = await mirrored(service.port, shadow.port);
    const client = stack.add(grpcClient(upstream.port));
    const chat = client.chat();
    const heard: string[] = [];
    chat.on('data', (part: string) => heard.push(part));
    for (let i = 0; i < 5; i++) {
      chat.write(`turn ${i}`);
      await eventually(() => expect(heard).toHaveLength(i + 1));
    }
    const ended = new Promise((resolve) => chat.on('end', resolve));
    chat.end();
    await ended;
    const hop = await theShadow(upstream);
    expect(hop.mirror).toMatchObject({ compared: true, statusDiffers: false, bodyDiffers: false });
  });
});
