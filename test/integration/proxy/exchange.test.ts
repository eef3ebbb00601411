import { createHash, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { HopOptions, TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, readAll, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function hopTo(
  handler: RequestListener,
  options: Partial<HopOptions> = {},
): Promise<TestHop> {
  const service = stack.add(await startService(handler));
  return stack.add(await startHop({ service: service.port, ...options }));
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
  readonly trailers: Record<string, string | undefined>;
}

function send(
  port: number,
  options: {
    path?: string;
    method?: string;
    headers?: Record<string, string>;
    body?: Buffer | string;
    agent?: Agent;
  } = {},
): Promise<Answer> {
  const { path = '/', method = 'GET', headers = {}, body, agent } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers, agent: agent ?? false },
      (response) => {
        readAll(response).then(
          (text) =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: text,
              trailers: response.trailers,
            }),
          reject,
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const retry = { attempts: 2, perTryTimeout: 0, on: ['5xx'], backOff: { base: 1, max: 2 } } as const;

describe('an exchange over two sidecars', () => {
  it('brings the request to the service and the answer back, and tells who called', async () => {
    const hop = await hopTo(echo);
    const answer = await send(hop.port, {
      path: '/a?b=c',
      method: 'POST',
      body: 'hello',
      headers: { 'x-one': '1' },
    });
    const seen = JSON.parse(answer.body) as {
      method: string;
      url: string;
      body: string;
      headers: Record<string, string>;
    };
    expect(answer.status).toBe(200);
    expect(seen).toMatchObject({ method: 'POST', url: '/a?b=c', body: 'hello' });
    expect(seen.headers['x-one']).toBe('1');
    expect(seen.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen.headers['x-forwarded-client-cert']).toContain(
      'URI=spiffe://test.local/ns/default/sa/web',
    );
  });

  it('writes one hop on each side, linked as a trace, over mutual TLS', async () => {
    const hop = await hopTo(echo);
    await send(hop.port, {
      headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    });
    const [inbound, outbound] = await eventually(() => {
      expect(hop.hops()).toHaveLength(2);
      return hop.hops();
    });
    expect(outbound).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentId: 'b7ad6b7169203331',
      sourceService: 'web',
      destinationService: 'api',
      destinationInstance: 'api-v1-0',
      status: 200,
      peerSpiffeId: 'spiffe://test.local/ns/default/sa/api',
    });
    expect(inbound).toMatchObject({
      parentId: outbound?.spanId,
      sourceService: 'web',
      direction: 'inbound',
    });
    expect((outbound?.flags ?? 0) & HopFlag.MTLS).toBeTruthy();
  });

  it('does not believe a caller who says that he is somebody', async () => {
    const hop = await hopTo(echo);
    const answer = await send(hop.port, {
      headers: { 'x-forwarded-client-cert': 'URI=spiffe://test.local/ns/default/sa/admin' },
    });
    expect(answer.body).not.toContain('sa/admin');
  });

  it('drops what belongs to one connection only', async () => {
    const hop = await hopTo(echo);
    const answer = await send(hop.port, {
      headers: { connection: 'close, x-private', 'x-private': '1', te: 'trailers' },
    });
    const { headers } = JSON.parse(answer.body) as { headers: Record<string, string> };
    expect(headers['x-private']).toBeUndefined();
    expect(headers['te']).toBeUndefined();
  });

  it.each([0, 1, 1000, 70_000, 5_000_000])(
    'streams a body of %i bytes there and back, whole',
    async (size) => {
      const hop = await hopTo((incoming, response) => incoming.pipe(response));
      const body = randomBytes(size);
      const plain = await send(hop.port, {
        method: 'POST',
        body,
        headers: { 'content-length': String(size) },
      });
      const chunked = await send(hop.port, {
        method: 'POST',
        body,
        headers: { 'transfer-encoding': 'chunked' },
      });
      const digest = (text: Buffer | string): string =>
        createHash('sha256').update(text).digest('hex');
      expect(digest(Buffer.from(plain.body, 'latin1'))).toBe(digest(body));
      expect(digest(Buffer.from(chunked.body, 'latin1'))).toBe(digest(body));
    },
  );

  it('does not buffer what a slow reader does not take', async () => {
    let written = 0;
    const block = Buffer.alloc(64 * 1024);
    const hop = await hopTo((_request, response) => {
      const more = (): void => {
        while (written < 400 * 1024 * 1024) {
          written += block.length;
          if (!response.write(block)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const client = stack.add(await rawClient(hop.port));
    client.socket.pause();
    client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    let before = -1;
    await eventually(
      () => {
        const still = written === before && written > 0;
        before = written;
        return still;
      },
      { every: 300 },
    );
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('answers HEAD, 204 and 304 without a body, and keeps the connection', async () => {
    const hop = await hopTo((incoming, response) => {
      response.statusCode = incoming.url === '/204' ? 204 : incoming.url === '/304' ? 304 : 200;
      if (incoming.url === '/') response.setHeader('content-length', '5');
      response.end(incoming.method === 'HEAD' || response.statusCode !== 200 ? undefined : 'hello');
    });
    const client = stack.add(await rawClient(hop.port));
    client.send('HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /204 HTTP/1.1\r\nHost: a\r\n\r\n');
    client.send('GET /304 HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => client.received().endsWith('hello'));
    const statuses = client.received().match(/HTTP\/1\.1 \d+/g);
    expect(statuses).toEqual(['HTTP/1.1 200', 'HTTP/1.1 204', 'HTTP/1.1 304', 'HTTP/1.1 200']);
  });

  it('says 100 Continue and takes the body then', async () => {
    const hop = await hopTo(echo);
    const client = stack.add(await rawClient(hop.port));
    client.send('POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n');
    await eventually(() => client.received() === 'HTTP/1.1 100 Continue\r\n\r\n');
    client.send('hello');
    await eventually(() => client.received().includes('"body":"hello"'));
  });

  it('passes trailers on', async () => {
    const hop = await hopTo((_incoming, response) => {
      response.writeHead(200, { trailer: 'x-sum' });
      response.write('part');
      response.addTrailers({ 'x-sum': '42' });
      response.end();
    });
    expect((await send(hop.port)).trailers).toEqual({ 'x-sum': '42' });
  });

  it('never mixes up answers: each carries its own nonce', async () => {
    const hop = await hopTo((incoming, response) => void response.end(incoming.url));
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    const answers = await Promise.all(
      Array.from(
        { length: 2000 },
        async (_, i) => (await send(hop.port, { path: `/${i}`, agent })).body === `/${i}`,
      ),
    );
    agent.destroy();
    expect(answers.every(Boolean)).toBe(true);
  });

  it('loses no request while certificates are renewed', async () => {
    const hop = await hopTo(echo);
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const sending = Promise.all(Array.from({ length: 1500 }, () => send(hop.port, { agent })));
    for (let i = 0; i < 5; i++) await hop.rotate();
    const statuses = (await sending).map(({ status }) => status);
    agent.destroy();
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('faults, retries and timeouts', () => {
  it('a retry makes up for failures, and the hops tell of each try', async () => {
    let calls = 0;
    const hop = await hopTo(
      (_incoming, response) => {
        response.statusCode = ++calls <= 2 ? 500 : 200;
        response.end('x');
      },
      { route: { retry } },
    );
    expect((await send(hop.port)).status).toBe(200);
    const tries = await eventually(() => {
      const found = hop.hops().filter(({ direction }) => direction === 'outbound');
      expect(found).toHaveLength(3);
      return found;
    });
    expect(tries.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(tries.map(({ flags }) => (flags & HopFlag.RETRIED) !== 0)).toEqual([true, true, false]);
  });

  it('a retried request with a body is sent whole again', async () => {
    const bodies: string[] = [];
    const hop = await hopTo(
      (incoming, response) => {
        void readAll(incoming).then((body) => {
          bodies.push(body);
          response.statusCode = bodies.length === 1 ? 503 : 200;
          response.end();
        });
      },
      { route: { retry } },
    );
    const answer = await send(hop.port, { method: 'POST', body: 'precious' });
    expect(answer.status).toBe(200);
    expect(bodies).toEqual(['precious', 'precious']);
  });

  it('an injected abort is exact, marked, and acts behind the retries', async () => {
    const fault = {
      name: 'broken',
      match: {},
      abort: { status: 503, percentage: 10 },
      random: false,
    };
    const hop = await hopTo(echo, { route: { faults: [fault] } });
    const answers = [];
    for (let i = 0; i < 200; i++) answers.push(await send(hop.port));
    const aborted = answers.filter(({ status }) => status === 503);
    expect(aborted).toHaveLength(20);
    expect(aborted[0]?.headers).toMatchObject({
      'x-faultline-fault': 'broken',
      'x-faultline-failure': 'abort',
    });
    await hop.push({ faults: [fault], retry });
    const retried = [];
    for (let i = 0; i < 100; i++) retried.push((await send(hop.port)).status);
    expect(new Set(retried)).toEqual(new Set([200]));
  });

  it('an injected delay is in the hop as injected time, and ends with the fault', async () => {
    const delay = { duration: 80, percentage: 100 };
    const hop = await hopTo(echo, {
      route: { faults: [{ name: 'slow', match: {}, delay, random: false }] },
    });
    await send(hop.port);
    const slow = await eventually(
      () => hop.hops().find(({ faults }) => faults === 'slow') ?? false,
    );
    expect(slow.timing.injected).toBeGreaterThanOrEqual(79);
    await hop.push({ faults: [] });
    await send(hop.port);
    const last = await eventually(() => {
      const found = hop.hops().filter(({ direction }) => direction === 'outbound');
      expect(found).toHaveLength(2);
      return found[1];
    });
    expect(last?.timing.injected).toBe(0);
  });

  it('a timeout answers 504, and per-try timeouts allow for another try', async () => {
    let calls = 0;
    const hop = await hopTo(
      (_incoming, response) => {
        if (++calls > 1) response.end('late but fine');
      },
      { route: { timeout: 150 } },
    );
    expect(await send(hop.port)).toMatchObject({
      status: 504,
      headers: { 'x-faultline-failure': 'timeout' },
    });
    calls = 0;
    await hop.push({ timeout: 0, retry: { ...retry, perTryTimeout: 100 } });
    expect(await send(hop.port)).toMatchObject({ status: 200, body: 'late but fine' });
  });

  it('a service that is not there is a 503 that says so', async () => {
    const gone = await startService(echo);
    await gone.close();
    const hop = stack.add(await startHop({ service: gone.port }));
    const answer = await send(hop.port);
    expect(answer.status).toBe(503);
    expect(answer.body).toContain('connect-failure');
  });

  it('a service that dies within its answer cuts the connection instead of ending it well', async () => {
    const hop = await hopTo((_incoming, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('only this', () => response.destroy());
    });
    await expect(send(hop.port)).rejects.toThrow();
  });

  it('a service that is not who it should be is not spoken to', async () => {
    const hop = await hopTo(echo, { expected: 'spiffe://test.local/ns/default/sa/somebody-else' });
    const answer = await send(hop.port);
    expect(answer.status).toBe(503);
    expect(answer.body).toContain('identity-mismatch');
    const hopRecord = await eventually(
      () => hop.hops().find(({ direction }) => direction === 'outbound') ?? false,
    );
    expect(hopRecord.flags & HopFlag.WRONG_IDENTITY).toBeTruthy();
  });
});
