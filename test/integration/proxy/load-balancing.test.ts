import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startService } from '../../support/service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Services that each answer with their own number. */
async function numbered(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let i = 0; i < count; i++) {
    const service = await startService((_request, response) => void response.end(String(i)));
    open.push(service);
    ports.push(service.port);
  }
  return ports;
}

async function upstream(options: UpstreamOptions): Promise<TestUpstream> {
  const started = await startUpstream(options);
  open.push(started);
  return started;
}

async function ask(port: number, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/`, { headers })).text();
}

describe('load balancing', () => {
  it('goes to each instance in its turn where nothing is said', async () => {
    const { port } = await upstream({ ports: await numbered(3) });
    const answers: string[] = [];
    for (let i = 0; i < 9; i++) answers.push(await ask(port));
    expect(answers.join('')).toBe('012012012');
  });

  it.each(['maglev', 'ringHash'] as const)(
    'by %s takes the same header always to the same instance, before and after others have gone',
    async (algorithm) => {
      const ports = await numbered(4);
      const cluster = { loadBalancing: { algorithm, hash: { header: 'x-user' } } };
      const { port, push } = await upstream({ ports, cluster });
      const users = Array.from({ length: 24 }, (_, i) => `user-${i}`);
      const answersOf = (): Promise<string[]> =>
        Promise.all(users.map((user) => ask(port, { 'x-user': user })));
      const first = await answersOf();
      expect(new Set(first).size).toBe(4);
      expect(await answersOf()).toEqual(first);
      await push({ ports: ports.slice(0, 3) });
      const after = await answersOf();
      const stayed = first.filter((one, i) => one !== '3' && one === after[i]).length;
      expect(stayed).toBeGreaterThanOrEqual(first.filter((one) => one !== '3').length - 2);
      expect(after).not.toContain('3');
    },
  );

  it('gives a caller a cookie that leads it back to the instance that it came to first', async () => {
    const cluster = {
      loadBalancing: {
        algorithm: 'maglev' as const,
        hash: { cookie: 'seat', path: '/', ttl: 60_000 },
      },
    };
    const { port } = await upstream({ ports: await numbered(5), cluster });
    for (let caller = 0; caller < 5; caller++) {
      const first = await fetch(`http://127.0.0.1:${port}/`);
      const seat = await first.text();
      const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
      expect(cookie).toMatch(/^seat=/);
      for (let i = 0; i < 4; i++) {
        const again = await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie } });
        expect(await again.text()).toBe(seat);
        expect(again.headers.get('set-cookie')).toBeNull();
      }
    }
  });

  it('by least request spares the instance that is slow', async () => {
    const waiting: (() => void)[] = [];
    const slow = await startService((_request, response) => {
      waiting.push(() => void response.end('slow'));
    });
    open.push(slow);
    const ports = [slow.port, ...(await numbered(2))];
    const cluster = { loadBalancing: { algorithm: 'leastRequest' as const } };
    const { port } = await upstream({ ports, cluster });
    let answered = 0;
    const asked: Promise<string>[] = [];
    for (let i = 0; i < 60; i++) {
      const before = waiting.length;
      const answer = ask(port).finally(() => answered++);
      asked.push(answer);
      await Promise.race([answer, arrived(waiting, before)]);
    }
    // Round robin would have sent it 20; with two draws it gets one more only where both fall on it.
    expect(waiting.length).toBeLessThan(16);
    expect(answered).toBe(60 - waiting.length);
    for (const end of waiting) end();
    await Promise.all(asked);
  });

  it('tries again at another instance than the one that failed', async () => {
    const dead = await deadPort();
    const cluster = { loadBalancing: { algorithm: 'random' as const } };
    const retry = {
      attempts: 1,
      perTryTimeout: 0,
      on: ['connect-failure' as const],
      backOff: { base: 1, max: 1 },
    };
    const ports = [dead, ...(await numbered(1))];
    const { port } = await upstream({ ports, cluster, route: { retry } });
    for (let i = 0; i < 12; i++) expect(await ask(port)).toBe('0');
  });
});

/** Once the slow service has another request. */
async function arrived(waiting: readonly unknown[], before: number): Promise<void> {
  while (waiting.length === before) await new Promise((resolve) => setImmediate(resolve));
}

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
