import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { readAll, startService } from '../../support/service.ts';

const stack = new CloseStack();
const arrived: string[] = [];
let hop: TestHop;

beforeAll(async () => {
  const service = stack.add(
    await startService((request, response) => {
      arrived.push(request.url ?? '');
      void readAll(request).then(
        () => response.end('ok'),
        () => response.destroy(),
      );
    }),
  );
  hop = stack.add(
    await startHop({ service: service.port, limits: { headTimeout: 500, bodyIdleTimeout: 500 } }),
  );
});
afterAll(() => stack.close());

const POST = 'POST /poisoned HTTP/1.1\r\nHost: a\r\n';
const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

describe('a hostile client', () => {
  it.each([
    [
      'both framings (CL.TE)',
      `${POST}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
      400,
    ],
    [
      'both framings (TE.CL)',
      `${POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n${SMUGGLED}0\r\n\r\n`,
      400,
    ],
    [
      'a disguised coding (TE.TE)',
      `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n${SMUGGLED}`,
      400,
    ],
    [
      'two Content-Lengths',
      `${POST}Content-Length: 0\r\nContent-Length: 38\r\n\r\n${SMUGGLED}`,
      400,
    ],
    [
      'a header after a bare LF',
      `${POST}X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
      400,
    ],
    ['an obsolete fold', `${POST}X: a\r\n Transfer-Encoding: chunked\r\n\r\n${SMUGGLED}`, 400],
    ['a NUL in a header', `${POST}X: a\0b\r\n\r\n${SMUGGLED}`, 400],
    ['a head without end', `${POST}X: ${'a'.repeat(1024 * 1024)}`, 431],
    ['ten thousand headers', `${POST}${'X: 1\r\n'.repeat(10_000)}\r\n`, 431],
    ['half of an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n', 505],
    ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 501],
  ])('with %s is refused, and nothing of it reaches the service', async (_what, bytes, status) => {
    const before = arrived.length;
    const client = await rawClient(hop.port);
    client.send(bytes);
    await eventually(() => client.closed());
    expect(client.received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(client.received().match(/^HTTP\/1\.1 \d/gm)).toHaveLength(1);
    expect(arrived.length).toBe(before);
  });

  it('that sends its head byte by byte gets 408 and is let go', async () => {
    const client = await rawClient(hop.port);
    client.send('GET / HT');
    await eventually(() => client.closed());
    expect(client.received()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that stops in the middle of its body gets 408 and is let go', async () => {
    const client = await rawClient(hop.port);
    client.send('POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
    await eventually(() => client.closed());
    expect(client.received()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that breaks its chunks does not make the service believe that they ended', async () => {
    const client = await rawClient(hop.port);
    client.send(
      'POST /broken HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n',
    );
    await eventually(() => client.closed());
    expect(client.received()).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('leaves no trouble behind: the next one is served', async () => {
    const client = await rawClient(hop.port);
    client.send('GET /fine HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    await eventually(() => client.closed());
    expect(client.received()).toMatch(/^HTTP\/1\.1 200 /);
    expect(arrived.at(-1)).toBe('/fine');
    expect(arrived).not.toContain('/smuggled');
  });
});
