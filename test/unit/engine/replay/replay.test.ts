import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingRequest } from '../../../../src-main/api/contract/index.ts';
import { seededChance } from '../../../../src-main/base/chance.ts';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { outgoingHeaders, pairsOf } from '../../../../src-main/engine/replay/outgoing.ts';
import { Replay } from '../../../../src-main/engine/replay/replay.ts';

const request: OutgoingRequest = {
  from: 'orders',
  to: 'payments',
  protocol: 'http/1.1',
  method: 'GET',
  path: '/',
  headers: [],
  body: '',
  masked: true,
};

function replay(ports: Readonly<Record<string, number>>) {
  const facts = (id: string) => ({ spec: { service: { name: id.replace(/-\d$/, '') } } });
  return new Replay({
    clock: systemClock,
    chance: seededChance(1),
    ways: {
      gatewayPort: () => 1,
      callers: { ids: () => Object.keys(ports), facts, outboundPort: (id) => ports[id] },
    },
    witness: {
      expect: () => undefined,
      trace: async () => undefined,
      keep: async () => true,
    },
  });
}

describe('what is sent again', () => {
  const out = { port: 1, method: 'POST', path: '/', traceparent: '00-a-b-01' };

  it('has its own trace and length, and nothing of the connection that is gone', () => {
    const headers: [string, string][] = [
      ['Host', 'shop'],
      ['Connection', 'x'],
      ['traceparent', 'old'],
      ['x-request-id', 'old'],
      ['content-length', '999'],
      ['X-A', '1'],
    ];
    expect(outgoingHeaders({ ...out, headers, body: Buffer.from('hi') })).toEqual([
      ['x-a', '1'],
      ['content-length', '2'],
      ['traceparent', '00-a-b-01'],
    ]);
  });

  it('says that there is no content where the method gives content a meaning', () => {
    const none = Buffer.alloc(0);
    const lengths = ['POST', 'GET'].map((method) =>
      outgoingHeaders({ ...out, method, headers: [], body: none }).map(([name]) => name),
    );
    expect(lengths).toEqual([['content-length', 'traceparent'], ['traceparent']]);
  });

  it('reads names and values that stand one after the other', () => {
    expect(pairsOf(['A', '1', 'b', '2'])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });
});

describe('a request by hand', () => {
  const servers: { close(): unknown }[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(seen: string[], name: string): Promise<number> {
    const server = createServer((asked, answer) => {
      seen.push(`${name} ${asked.headers['traceparent'] === undefined ? 'no trace' : 'traced'}`);
      answer.end();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  it('leaves by the instance that it left by before, while that is there', async () => {
    const seen: string[] = [];
    const ports = {
      'orders-0': await listen(seen, 'first'),
      'orders-1': await listen(seen, 'second'),
    };
    const sent = await replay(ports).send({ ...request, instance: 'orders-1' });
    await replay(ports).send({ ...request, instance: 'orders-7' });
    expect(seen).toEqual(['second traced', 'first traced']);
    // Nobody has told of a hop: then there is nothing to open.
    expect(sent).toMatchObject({ spanId: '', failure: '' });
  });

  it('that gets no answer says why', async () => {
    const { failure } = await replay({ 'orders-0': 1 }).send(request);
    expect(failure).toContain('ECONNREFUSED');
  });

  it('has no way in as somebody who is not there', async () => {
    await expect(replay({ 'users-0': 1 }).send(request)).rejects.toThrow('no instance of orders');
  });
});
