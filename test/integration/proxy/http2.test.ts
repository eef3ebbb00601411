import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { http2Client, startHttp2Service } from '../../support/http2-service.ts';
import type { Http2Client, Http2Service } from '../../support/http2-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const curlSpeaksHttp2 = /\bHTTP2\b/.test(
  spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '',
);

type OnStream = Parameters<typeof startHttp2Service>[0];

async function through(onStream: OnStream): Promise<{
  hop: TestHop;
  client: Http2Client;
  service: Http2Service;
}> {
  const service = stack.add(await startHttp2Service(onStream));
  const hop = stack.add(await startHop({ service: service.port }));
  return { hop, service, client: stack.add(http2Client(hop.port)) };
}

const echo: OnStream = (stream, headers) => {
  stream.respond({ ':status': 200, 'x-path': headers[':path'], 'x-host': headers[':authority'] });
  stream.pipe(stream);
};

describe('HTTP/2 through two sidecars', () => {
  it('stays HTTP/2 from the caller to the service, with its path, host and body', async () => {
    const { hop, client } = await through(echo);
    const answer = await client.send({ ':path': '/a?b', ':method': 'POST' }, 'hello');
    expect(answer.status).toBe(200);
    expect(answer.headers['x-path']).toBe('/a?b');
    expect(answer.headers['x-host']).toBe(`127.0.0.1:${hop.port}`);
    expect(answer.body.toString()).toBe('hello');
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ protocol }) => protocol)).toEqual(['h2', 'h2']);
    expect(hop.hops().every(({ flags }) => flags & HopFlag.MTLS)).toBe(true);
  });

  it('passes trailers on, in both directions', async () => {
    const { client } = await through((stream) => {
      let asked = '';
      stream.on('trailers', (given: IncomingHttpHeaders) => (asked = String(given['x-asked'])));
      stream.on('data', () => undefined);
      stream.on('end', () => {
        stream.respond({ ':status': 200 }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-answer': asked }));
        stream.end('x');
      });
    });
    const answer = await new Promise<string>((resolve) => {
      const stream = client.session.request(
        { ':method': 'POST', ':path': '/' },
        { waitForTrailers: true },
      );
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-asked': 'yes' }));
      stream.on('trailers', (given: IncomingHttpHeaders) => resolve(String(given['x-answer'])));
      stream.resume();
      stream.end('body');
    });
    expect(answer).toBe('yes');
  });

  it('carries ten megabytes each way unharmed', async () => {
    const { client } = await through(echo);
    const body = randomBytes(10_000_000);
    const answer = await client.send({ ':method': 'POST' }, body);
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(digest(answer.body)).toBe(digest(body));
  });

  it('carries a thousand requests at once and mixes none up', async () => {
    const { client } = await through(echo);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, i) =>
        client.send({ ':path': `/${i}`, ':method': 'POST' }, `body ${i}`),
      ),
    );
    answers.forEach((answer, i) => {
      expect(answer.headers['x-path']).toBe(`/${i}`);
      expect(answer.body.toString()).toBe(`body ${i}`);
    });
  });

  it('carries more at once than one connection may hold unread', async () => {
    const { client } = await through(echo);
    const body = randomBytes(100_000);
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => client.send({ ':method': 'POST' }, body)),
    );
    expect(answers.every((answer) => answer.body.equals(body))).toBe(true);
  });

  it('tells the service when the caller gives up', async () => {
    let aborted = 0;
    const { hop, client } = await through((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('first');
      stream.on('close', () => aborted++);
    });
    const stream = client.session.request({ ':path': '/' });
    stream.on('error', () => undefined);
    await new Promise((resolve) => stream.once('data', resolve));
    stream.close(8);
    await eventually(() => expect(aborted).toBe(1));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().every(({ failure }) => failure === 'downstream-gone')).toBe(true);
  });

  it('cuts an answer off where the service does, and does not end it well', async () => {
    const { client } = await through((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('half', () => stream.destroy(new Error('on purpose')));
    });
    const answer = await client.send({});
    expect(answer.code).not.toBe(0);
  });

  it('answers itself where the service cannot be reached', async () => {
    const { client, service } = await through(echo);
    await service.close();
    const answer = await client.send({});
    expect(answer.status).toBe(503);
    expect(answer.headers['x-faultline-failure']).toBe('connect-failure');
    expect(answer.body.toString()).toContain('faultline:');
  });

  it('loses no request while certificates are renewed', async () => {
    const { hop, client } = await through(echo);
    const pending: Promise<{ status: number }>[] = [];
    for (let i = 0; i < 300; i++) {
      pending.push(client.send({ ':method': 'POST' }, 'x'));
      if (i % 100 === 50) await hop.rotate();
      if (i % 10 === 0) await pending.at(-1);
    }
    const statuses = (await Promise.all(pending)).map(({ status }) => status);
    expect(statuses.every((status) => status === 200)).toBe(true);
  });

  it('does not buffer what a slow reader does not take', async () => {
    let sent = 0;
    const { client } = await through((stream) => {
      stream.respond({ ':status': 200 });
      const chunk = Buffer.alloc(64 * 1024);
      const more = (): void => {
        let room = true;
        while (sent < 200_000_000 && room) {
          room = stream.write(chunk);
          sent += chunk.length;
        }
      };
      stream.on('drain', more);
      more();
    });
    const stream = client.session.request({ ':path': '/' });
    stream.on('error', () => undefined);
    stream.pause();
    let before = -1;
    await eventually(
      () => {
        const still = before === sent && sent > 0;
        before = sent;
        return still;
      },
      { every: 200 },
    );
    expect(sent).toBeLessThan(20_000_000);
    stream.close();
  });
});

describe.skipIf(!curlSpeaksHttp2)('curl', () => {
  it('speaks HTTP/2 with prior knowledge', async () => {
    const { hop } = await through(echo);
    const url = `http://127.0.0.1:${hop.port}/page`;
    const format = '%{http_version} %{response_code}';
    const asked = ['-sS', '--http2-prior-knowledge', '-w', format, '-d', 'hello ', url];
    const { stdout } = await promisify(execFile)('curl', asked);
    expect(stdout).toBe('hello 2 200');
  });
});

describe('an HTTP/2 caller that means harm', () => {
  it('gets nothing past that could not be said in HTTP/1.1 without another meaning', async () => {
    let arrived = 0;
    const { client } = await through((stream) => {
      arrived++;
      stream.respond({ ':status': 200 }, { endStream: true });
    });
    const refused: OutgoingHttpHeaders[] = [
      { ':path': '/a b' },
      { ':path': '/a#b' },
      { ':path': 'http://other/' },
      { ':authority': 'api', host: 'other' },
      { ':authority': 'a@b' },
    ];
    for (const headers of refused) {
      const { status, code } = await client.send(headers);
      // Some are answered by us, some end their stream in nghttp2 (PROTOCOL_ERROR).
      expect([headers, status >= 400 || code === 1]).toEqual([headers, true]);
    }
    expect(arrived).toBe(0);
    expect((await client.send({})).status).toBe(200);
  });

  it('is let go when it opens and resets streams without end', async () => {
    const { client, hop } = await through(echo);
    const gone = new Promise((resolve) => client.session.on('close', resolve));
    for (let i = 0; i < 2000 && !client.session.destroyed; i++) {
      const stream = client.session.request({ ':path': '/' });
      stream.on('error', () => undefined);
      stream.close(8);
    }
    await gone;
    const other = stack.add(http2Client(hop.port));
    expect((await other.send({})).status).toBe(200);
  });
});
