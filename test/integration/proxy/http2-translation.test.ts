import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import { http2Client, startHttp2Service } from '../../support/http2-service.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

describe('a caller of HTTP/2 and a service declared to speak HTTP/1.1', () => {
  it('understand each other, body and headers', async () => {
    const service = stack.add(await startService(echo));
    const hop = stack.add(await startHop({ service: service.port, speaks: 'http/1.1' }));
    const client = stack.add(http2Client(hop.port));
    const headers = { ':method': 'POST', ':path': '/a?b', cookie: ['a=1', 'b=2'], te: 'trailers' };
    const answer = await client.send(headers, 'hello');
    const echoed = JSON.parse(answer.body.toString()) as Echoed;
    expect(echoed).toMatchObject({ method: 'POST', url: '/a?b', body: 'hello' });
    expect(echoed.headers).toMatchObject({ host: `127.0.0.1:${hop.port}`, cookie: 'a=1; b=2' });
    expect(answer.headers['connection']).toBeUndefined();
    expect(answer.headers['transfer-encoding']).toBeUndefined();
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ direction, protocol }) => [direction, protocol])).toEqual(
      expect.arrayContaining([
        ['outbound', 'h2'],
        ['inbound', 'http/1.1'],
      ]),
    );
  });

  it('pass trailers and interim answers on', async () => {
    const service = stack.add(
      await startService((_request, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' });
        response.writeHead(200, { trailer: 'x-sum' });
        response.write('body');
        response.addTrailers({ 'x-sum': '42' });
        response.end();
      }),
    );
    const hop = stack.add(await startHop({ service: service.port, speaks: 'http/1.1' }));
    const client = stack.add(http2Client(hop.port));
    const interim: unknown[] = [];
    client.session.on('stream', () => undefined);
    const stream = client.session.request({ ':path': '/' });
    stream.on('headers', (headers) => interim.push(headers[':status'], headers['link']));
    const trailers = await new Promise((resolve) => {
      stream.on('trailers', resolve);
      stream.resume();
    });
    expect(trailers).toMatchObject({ 'x-sum': '42' });
    expect(interim).toEqual([103, '</style.css>; rel=preload']);
  });

  it('keep to what the method says: HEAD has a length and no body', async () => {
    const service = stack.add(
      await startService((_request, response) => {
        response.setHeader('content-length', '1234');
        response.end();
      }),
    );
    const hop = stack.add(await startHop({ service: service.port, speaks: 'http/1.1' }));
    const client = stack.add(http2Client(hop.port));
    const answer = await client.send({ ':method': 'HEAD' });
    expect(answer).toMatchObject({ status: 200, code: 0 });
    expect(answer.headers['content-length']).toBe('1234');
  });
});

describe('a caller of HTTP/2 and a service that speaks nothing but HTTP/1.1', () => {
  it('get an answer that says what to declare', async () => {
    const service = stack.add(await startService(echo));
    const hop = stack.add(await startHop({ service: service.port }));
    const client = stack.add(http2Client(hop.port));
    const answer = await client.send({});
    expect(answer.status).toBe(502);
    expect(answer.body.toString()).toContain('protocol: http');
  });

  it('get the same where it closes the connection without a word', async () => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    stack.add({ close: () => void server.close() });
    const hop = stack.add(await startHop({ service: (server.address() as AddressInfo).port }));
    const client = stack.add(http2Client(hop.port));
    expect((await client.send({})).headers['x-faultline-failure']).toBe('upstream-protocol');
  });
});

describe('a caller of HTTP/1.1 and a service declared to speak HTTP/2', () => {
  it('understand each other, body, headers and trailers', async () => {
    const service = stack.add(
      await startHttp2Service((stream, headers) => {
        stream.respond(
          { ':status': 201, 'x-path': headers[':path'], 'x-host': headers[':authority'] },
          { waitForTrailers: true },
        );
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }));
        stream.pipe(stream);
      }),
    );
    const hop = stack.add(await startHop({ service: service.port, speaks: 'h2' }));
    const answer = await new Promise<[number | undefined, string, unknown, unknown]>((resolve) => {
      const options = { port: hop.port, path: '/x?y', method: 'POST', headers: { host: 'api' } };
      const request = httpRequest(options, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () =>
          resolve([response.statusCode, body, response.headers, response.trailers]),
        );
      });
      request.write('one ');
      request.end('two');
    });
    expect(answer[0]).toBe(201);
    expect(answer[1]).toBe('one two');
    expect(answer[2]).toMatchObject({ 'x-path': '/x?y', 'x-host': 'api' });
    expect(answer[3]).toEqual({ 'x-sum': '42' });
  });

  it('do not lose their connections to each other over a HEAD, a 204 or a 304', async () => {
    const service = stack.add(
      await startHttp2Service((stream, headers) => {
        const status = Number(/\d+/.exec(headers[':path'] ?? '')?.[0] ?? 200);
        stream.respond({ ':status': status }, { endStream: true });
      }),
    );
    const hop = stack.add(await startHop({ service: service.port, speaks: 'h2' }));
    const client = stack.add(await rawClient(hop.port));
    for (const line of ['HEAD /200', 'GET /204', 'GET /304', 'GET /200']) {
      client.send(`${line} HTTP/1.1\r\nhost: api\r\n\r\n`);
    }
    await eventually(() => {
      expect(client.received().match(/HTTP\/1\.1 \d+/g)).toEqual([
        'HTTP/1.1 200',
        'HTTP/1.1 204',
        'HTTP/1.1 304',
        'HTTP/1.1 200',
      ]);
    });
    expect(client.closed()).toBe(false);
  });
});
