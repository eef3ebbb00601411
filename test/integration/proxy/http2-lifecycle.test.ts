import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { RouteConfig } from '../../../src-main/proxy/config.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { http2Client, startHttp2Service } from '../../support/http2-service.ts';
import type { Http2Client, Http2Service } from '../../support/http2-service.ts';
import { Flag, FrameType, get, rawHttp2 } from '../../support/raw-http2.ts';
import type { Frame } from '../../support/raw-http2.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function through(
  onStream: Parameters<typeof startHttp2Service>[0],
  route: Partial<RouteConfig> = {},
): Promise<{ hop: TestHop; client: Http2Client; service: Http2Service }> {
  const service = stack.add(await startHttp2Service(onStream));
  const hop = stack.add(await startHop({ service: service.port, route }));
  return { hop, service, client: stack.add(http2Client(hop.port)) };
}

/** Answers when it is told to. */
function held(): { onStream: (stream: ServerHttp2Stream) => void; count(): number; go(): void } {
  const streams: ServerHttp2Stream[] = [];
  return {
    onStream: (stream) => void streams.push(stream),
    count: () => streams.length,
    go: () => {
      for (const stream of streams.splice(0)) {
        stream.respond({ ':status': 200 });
        stream.end('late');
      }
    },
  };
}

const ok = (stream: ServerHttp2Stream): void => {
  stream.respond({ ':status': 200 });
  stream.end('ok');
};

const WHOLE = Flag.END_STREAM | Flag.END_HEADERS;
const GRPC = { ':method': 'POST', 'content-type': 'application/grpc' };

describe('a stream that the service refuses', () => {
  it.each([
    ['a GET', {}, undefined],
    ['a POST', { ':method': 'POST' }, 'body'],
    ['a call of gRPC', GRPC, 'body'],
  ])('is tried again at once: %s', async (_what, headers, body) => {
    let arrived = 0;
    const { client } = await through((stream) => {
      arrived++;
      if (arrived === 1) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else stream.respond({ ':status': 200, 'grpc-status': '0' }, { endStream: true });
    });
    expect((await client.send(headers, body)).status).toBe(200);
    expect(arrived).toBe(2);
  });

  it('is a failure when it is refused again', async () => {
    const { client } = await through((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM));
    const answer = await client.send({});
    expect(answer.headers['x-faultline-failure']).toBe('refused-stream');
  });
});

describe('a stream that the service resets', () => {
  it('is not tried again without a policy, though its connection had served before', async () => {
    let arrived = 0;
    const { hop, client } = await through((stream) => {
      arrived++;
      if (arrived === 1) ok(stream);
      else stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    });
    await client.send({});
    const answer = await client.send({});
    expect(answer.status).toBe(503);
    expect(arrived).toBe(2);
    await eventually(() => expect(hop.hops()).toHaveLength(4));
    expect(hop.hops()[2]?.failure).toBe('upstream-reset');
  });

  it('is tried again by a policy, on the same connection', async () => {
    let arrived = 0;
    const backOff = { base: 1, max: 1 };
    const retry = { attempts: 1, on: ['5xx' as const], perTryTimeout: 0, backOff };
    const { client, service } = await through(
      (stream) => {
        arrived++;
        if (arrived === 1) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
        else ok(stream);
      },
      { retry },
    );
    expect((await client.send({})).status).toBe(200);
    expect(service.sessions.size).toBe(1);
  });
});

describe('a service that says GOAWAY', () => {
  it('finishes what runs, and gets the next request on another connection', async () => {
    const slow = held();
    const { client, service } = await through(slow.onStream);
    const first = client.send({});
    await eventually(() => expect(slow.count()).toBe(1));
    for (const session of service.sessions) session.close();
    const second = client.send({});
    await eventually(() => expect(slow.count()).toBe(2));
    expect(service.sessions.size).toBe(2);
    slow.go();
    expect((await first).body.toString()).toBe('late');
    expect((await second).body.toString()).toBe('late');
  });

  it('again and again loses no request', async () => {
    const { client, service } = await through(ok);
    const statuses: number[] = [];
    for (let i = 0; i < 40; i++) {
      const answers = Array.from({ length: 10 }, () => client.send(GRPC, 'x'));
      for (const session of service.sessions) session.close();
      statuses.push(...(await Promise.all(answers)).map(({ status }) => status));
    }
    expect(statuses.every((status) => status === 200)).toBe(true);
  });

  it('with many resets behind it is left before it ends the connection', async () => {
    const { client, service } = await through((stream) => {
      stream.on('error', () => undefined);
      stream.respond({ ':status': 200 });
      stream.write('x');
    });
    const kept = client.session.request({ ':path': '/kept' });
    await new Promise((resolve) => kept.once('data', resolve));
    let lost = false;
    kept.on('close', () => (lost = true));
    for (let i = 0; i < 700; i++) {
      const stream = client.session.request({ ':path': '/' });
      await new Promise((resolve) => stream.once('data', resolve));
      stream.close(constants.NGHTTP2_CANCEL);
    }
    await eventually(() => expect(service.sessions.size).toBe(2));
    expect(lost).toBe(false);
  });
});

describe('a sidecar that is taken away', () => {
  it.each(['caller', 'callee'] as const)('finishes what runs: the %s', async (which) => {
    const slow = held();
    const { hop, client } = await through(slow.onStream);
    const answers = Array.from({ length: 20 }, () => client.send(GRPC, 'x'));
    await eventually(() => expect(slow.count()).toBe(20));
    const removed = hop.remove(which);
    slow.go();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.every((status) => status === 200)).toBe(true);
    await removed;
  });

  it('says which requests it has not looked at', async () => {
    const slow = held();
    const { hop } = await through(slow.onStream);
    const raw = stack.add(rawHttp2(hop.port));
    raw.request(1, get(), WHOLE);
    await eventually(() => expect(slow.count()).toBe(1));
    const removed = hop.remove('caller');
    // On its way as the other side says GOAWAY: it is for the caller to send it again elsewhere.
    raw.request(3, get(), WHOLE);
    const goaways = (): Frame[] => raw.frames().filter(({ type }) => type === FrameType.GOAWAY);
    await eventually(() => expect(goaways().at(-1)?.payload.readUInt32BE(0)).toBe(1));
    slow.go();
    await eventually(() => expect(raw.closed()).toBe(true));
    const ended = raw.frames().filter(({ type }) => type === FrameType.DATA);
    expect(new Set(ended.map(({ stream }) => stream))).toEqual(new Set([1]));
    raw.close();
    await removed;
  });
});

describe('an answer before its request is whole', () => {
  it('tells the caller to stop, and is complete', async () => {
    const { client } = await through(ok);
    const stream = client.session.request({ ':path': '/', ':method': 'POST' });
    let body = '';
    let sent = 0;
    stream.on('data', (chunk: Buffer) => (body += chunk.toString()));
    const closed = new Promise((resolve) => stream.on('close', () => resolve(stream.rstCode)));
    const upload = setInterval(() => {
      if (stream.destroyed) return clearInterval(upload);
      stream.write(Buffer.alloc(1000));
      sent += 1000;
    }, 1);
    expect(await closed).toBe(constants.NGHTTP2_NO_ERROR);
    clearInterval(upload);
    expect(body).toBe('ok');
    expect(sent).toBeLessThan(1_000_000);
    expect((await client.send({})).status).toBe(200);
  });
});
