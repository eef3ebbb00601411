import { request } from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { HopOptions, TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, readAll, startService } from '../../support/service.ts';
import { startTcpService } from '../../support/tcp-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function hopTo(
  handler: RequestListener,
  options: Partial<HopOptions> = {},
): Promise<TestHop> {
  const service = stack.add(await startService(handler));
  return stack.add(await startHop({ service: service.port, ...options }));
}

/** `printf … | nc`: sends all, ends its side, and reads to the end. */
function printfNc(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('end', () => resolve(received));
    socket.end(text);
  });
}

const GET = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: api\r\n\r\n`;

describe('an endless answer', () => {
  it('passes event by event, each at once, and its end comes when the service ends it', async () => {
    let events: ServerResponse | undefined;
    const hop = await hopTo((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      events = response;
    });
    const client = stack.add(await rawClient(hop.port));
    client.send(GET('/events'));
    await eventually(() => expect(client.received()).toContain('text/event-stream'));
    for (const n of [1, 2, 3]) {
      events?.write(`data: ${n}\n\n`);
      // Nothing else is sent before this one is there: a proxy that gathers would wait for ever.
      await eventually(() => expect(client.received()).toContain(`data: ${n}\n\n`));
    }
    expect(hop.hops()).toHaveLength(0);
    events?.end();
    await eventually(() => expect(client.received()).toMatch(/\r\n0\r\n\r\n$/));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
  });

  it('is cancelled at the service when the caller goes, at the next event at the latest', async () => {
    let gone = false;
    let events: ServerResponse | undefined;
    const hop = await hopTo((_request, response) => {
      events = response;
      response.write('data: 1\n\n');
      response.on('close', () => (gone = true));
    });
    const client = await rawClient(hop.port);
    client.send(GET('/events'));
    await eventually(() => expect(client.received()).toContain('data: 1'));
    client.close();
    await eventually(() => {
      events?.write('data: 2\n\n');
      expect(gone).toBe(true);
    });
  });
});

describe('a body that both sides send at the same time', () => {
  it('comes back piece by piece while more of it is sent', async () => {
    const hop = await hopTo((incoming, response) => void incoming.pipe(response));
    const client = stack.add(await rawClient(hop.port));
    client.send('POST / HTTP/1.1\r\nHost: api\r\nTransfer-Encoding: chunked\r\n\r\n');
    for (const word of ['one', 'two', 'three']) {
      client.send(`${word.length.toString(16)}\r\n${word}\r\n`);
      await eventually(() => expect(client.received()).toContain(word));
    }
    client.send('0\r\n\r\n');
    await eventually(() => expect(client.received()).toMatch(/\r\n0\r\n\r\n$/));
  });

  it('brings the trailers of a request to the service', async () => {
    const hop = await hopTo((incoming, response) => {
      void readAll(incoming).then((body) =>
        response.end(JSON.stringify({ body, trailers: incoming.trailers })),
      );
    });
    const answer = await new Promise<string>((resolve, reject) => {
      const headers = { 'transfer-encoding': 'chunked', trailer: 'x-sum' };
      const asking = request({ port: hop.port, method: 'POST', headers }, (incoming) => {
        void readAll(incoming).then(resolve);
      });
      asking.on('error', reject);
      asking.write('hello');
      asking.addTrailers({ 'x-sum': '42' });
      asking.end();
    });
    expect(JSON.parse(answer)).toEqual({ body: 'hello', trailers: { 'x-sum': '42' } });
  });
});

describe('a caller that ends its side behind its request', () => {
  it.each(['http', 'auto'] as const)('is answered, on a port for %s', async (protocol) => {
    const hop = await hopTo(echo, { protocol });
    const answer = await printfNc(hop.port, GET('/once'));
    expect(answer).toContain('HTTP/1.1 200');
    expect(answer).toContain('"url":"/once"');
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ failure }) => failure)).toEqual(['', '']);
  });

  it('gets all answers, where it has asked several times', async () => {
    const hop = await hopTo(echo);
    const asked = ['/1', '/2', '/3'];
    const answer = await printfNc(hop.port, asked.map(GET).join(''));
    expect([...answer.matchAll(/"url":"(.*?)"/g)].map(([, url]) => url)).toEqual(asked);
  });

  it('gets the whole of a long answer', async () => {
    const hop = await hopTo((_request, response) => void response.end(Buffer.alloc(5_000_000, 65)));
    const answer = await printfNc(hop.port, GET('/long'));
    expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toHaveLength(5_000_000);
  });

  it('has given up where it does so later: the service learns of it', async () => {
    let asked = false;
    let gone = false;
    const hop = await hopTo((_request, response) => {
      asked = true;
      response.on('close', () => (gone = true));
    });
    const client = stack.add(await rawClient(hop.port));
    client.send(GET('/slow'));
    await eventually(() => expect(asked).toBe(true));
    const since = performance.now();
    await eventually(() => performance.now() - since > 150);
    client.socket.end();
    await eventually(() => expect(gone).toBe(true));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().every(({ failure }) => failure === 'downstream-gone')).toBe(true);
  });

  it('has given up where it resets the connection, however soon', async () => {
    let gone = false;
    const hop = await hopTo((_request, response) => {
      client.socket.resetAndDestroy();
      response.on('close', () => (gone = true));
    });
    const client = stack.add(await rawClient(hop.port));
    client.send(GET('/at-once'));
    await eventually(() => expect(gone).toBe(true));
  });

  it('reaches a TCP service with all it said, however little', async () => {
    const heard: string[] = [];
    const service = stack.add(
      await startTcpService((socket) => {
        socket.on('data', (chunk) => heard.push(chunk.toString()));
        socket.on('end', () => socket.end('pong'));
      }),
    );
    const hop = stack.add(await startHop({ service: service.port, protocol: 'auto' }));
    // This could still become the method of a request.
    expect(await printfNc(hop.port, 'ping')).toBe('pong');
    expect(heard.join('')).toBe('ping');
  });
});
