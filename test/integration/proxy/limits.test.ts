import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { LimitsConfig } from '../../../src-main/proxy/config.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import type { RawClient } from '../../support/raw-client.ts';
import { readAll, startService } from '../../support/service.ts';

const LIMITS: Partial<LimitsConfig> = {
  headBytes: 4096,
  headerCount: 20,
  bodyBytes: 1000,
  headTimeout: 500,
  bodyIdleTimeout: 500,
  keepAliveTimeout: 800,
  connectionsPerCaller: 4,
};

const stack = new CloseStack();
/** Bodies that arrived whole. */
const bodies: string[] = [];
let hop: TestHop;

beforeAll(async () => {
  const service = stack.add(
    await startService((request, response) => {
      void readAll(request).then(
        (body) => {
          bodies.push(body);
          response.end('ok');
        },
        () => response.destroy(),
      );
    }),
  );
  hop = stack.add(await startHop({ service: service.port, limits: LIMITS }));
});
afterAll(() => stack.close());

async function answerTo(bytes: string): Promise<string> {
  const client = await rawClient(hop.port);
  client.send(bytes);
  await eventually(() => client.closed());
  return client.received();
}

const HEAD = 'POST /limited HTTP/1.1\r\nHost: a\r\nConnection: close\r\n';
const chunk = (size: number): string => `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`;

describe('a request', () => {
  // What a sidecar adds (identity, trace) counts at the next one: hence the room below the limit.
  it('with a head below its limit is served, and one byte over it gets 431', async () => {
    const room = 4096 - `${HEAD}x: \r\ncontent-length: 0\r\n\r\n`.length;
    const head = (more: number): string =>
      `${HEAD}x: ${'a'.repeat(room + more)}\r\ncontent-length: 0\r\n\r\n`;
    expect(await answerTo(head(-500))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await answerTo(head(1))).toMatch(
      /^HTTP\/1\.1 431 .*\r\n(.+\r\n)*x-faultline-failure: head-too-large/,
    );
    await eventually(() => hop.hops().some(({ failure }) => failure === 'head-too-large'));
  });

  it('with no more headers than may be is served, and one more gets 431', async () => {
    const head = (count: number): string => `${HEAD}${'x: 1\r\n'.repeat(count - 2)}\r\n`;
    expect(await answerTo(head(16))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await answerTo(head(21))).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('whose Content-Length is over the limit gets 413 before its body comes', async () => {
    const before = bodies.length;
    expect(await answerTo(`${HEAD}Content-Length: 1001\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    const fits = `${HEAD}Content-Length: 1000\r\n\r\n${'x'.repeat(1000)}`;
    expect(await answerTo(fits)).toMatch(/^HTTP\/1\.1 200 /);
    expect(bodies.slice(before).map(({ length }) => length)).toEqual([1000]);
  });

  it('whose chunks grow over the limit gets 413, and the service never takes it for whole', async () => {
    const before = bodies.length;
    const chunked = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
    const over = await answerTo(`${chunked}${chunk(600)}${chunk(401)}0\r\n\r\n`);
    expect(over).toMatch(/^HTTP\/1\.1 413 .*\r\n(.+\r\n)*x-faultline-failure: body-too-large/);
    expect(await answerTo(`${chunked}${chunk(600)}${chunk(400)}0\r\n\r\n`)).toMatch(/ 200 /);
    expect(bodies.slice(before).map(({ length }) => length)).toEqual([1000]);
    await eventually(() => hop.hops().some(({ failure }) => failure === 'body-too-large'));
  });

  it('whose head comes too slowly gets 408, however often a byte of it comes', async () => {
    const client = await rawClient(hop.port);
    client.send('GET / HTTP/1.1\r\n');
    await eventually(() => {
      if (!client.closed()) client.send('x: 1\r\n');
      return client.closed();
    });
    expect(client.received()).toMatch(
      /^HTTP\/1\.1 408 .*\r\n(.+\r\n)*x-faultline-failure: request-timeout/,
    );
  });

  it('whose body stops coming gets 408', async () => {
    expect(await answerTo(`${HEAD}Content-Length: 100\r\n\r\nhalf`)).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('a connection', () => {
  it('without a request is closed without a word when its time is over', async () => {
    expect(await answerTo('')).toBe('');
    const used = await answerTo('GET /idle HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(used).toMatch(/^HTTP\/1\.1 200 .*/);
    expect(used.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
  });

  it('over the number that a caller may have is closed; a place that is free again is given', async () => {
    const clients: RawClient[] = [];
    for (let i = 0; i < 4; i++) clients.push(await rawClient(hop.port));
    // All four are known to the proxy when they have been answered.
    for (const client of clients) client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => clients.every((client) => client.received().includes(' 200 ')));
    expect(await answerTo('GET /fifth HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('');
    await eventually(() =>
      expect(hop.refusals()).toContainEqual(
        expect.objectContaining({ reason: '127.0.0.1 has 4 connections already' }),
      ),
    );
    for (const client of clients) client.close();
    await eventually(async () => {
      const answer = await answerTo(`${HEAD}Content-Length: 0\r\n\r\n`);
      return answer.startsWith('HTTP/1.1 200');
    });
  });

  it('of a caller with a SPIFFE ID counts against that ID, not against the address', async () => {
    // No other limit of this one ends a connection in the meantime.
    const patient = stack.add(await startHop({ service: 1, limits: { connectionsPerCaller: 4 } }));
    const both = ['web', 'cron'].flatMap((name) => [name, name, name]);
    await Promise.all(both.map((name) => connectAs(patient, name)));
    const fourth = await connectAs(patient, 'cron');
    const fifth = await connectAs(patient, 'cron');
    await eventually(() => fifth.destroyed);
    expect(fourth.destroyed).toBe(false);
  });
});

/** A connection to the callee's inbound listener, with a certificate of the mesh. */
async function connectAs(
  callee: TestHop,
  service: string,
): Promise<{ readonly destroyed: boolean }> {
  const { certificateChain, privateKey } = callee.leaf(service);
  const socket = connectTls({
    host: '127.0.0.1',
    port: callee.inbound,
    cert: certificateChain,
    key: privateKey,
    ca: callee.trustBundle,
    checkServerIdentity: () => undefined,
  });
  stack.add({ close: () => void socket.destroy() });
  socket.on('error', () => undefined);
  socket.resume();
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  return socket;
}
