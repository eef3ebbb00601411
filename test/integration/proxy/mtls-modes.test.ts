import { Agent, request } from 'node:http';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { TCP_ALPN } from '../../../src-main/proxy/cluster/connect.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { HopOptions, TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, startService } from '../../support/service.ts';
import { startTcpService } from '../../support/tcp-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const API = 'spiffe://test.local/ns/default/sa/api';
const PLAIN = '';

async function hopTo(options: Partial<HopOptions>): Promise<TestHop> {
  const service = stack.add(await startService(echo));
  return stack.add(await startHop({ service: service.port, ...options }));
}

function get(port: number, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/hi', agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });
}

describe('a permissive port', () => {
  it('serves mutual TLS and plain text, and tells in the hop which it was', async () => {
    const hop = await hopTo({ inbound: { mtls: 'permissive' } });
    expect(await get(hop.port)).toBe(200);
    expect(await get(hop.inbound)).toBe(200);
    await eventually(() => {
      const inbound = hop.hops().filter(({ direction }) => direction === 'inbound');
      expect(inbound.map(({ flags }) => (flags & HopFlag.MTLS) !== 0)).toEqual([true, false]);
      expect(inbound.map(({ sourceService }) => sourceService)).toEqual(['web', '']);
    });
  });

  it('refuses TLS without a certificate of the mesh', async () => {
    const hop = await hopTo({ inbound: { mtls: 'permissive' }, expected: 'spiffe://test.local/x' });
    expect(await get(hop.port)).toBe(503);
  });

  it('lets a service speak first, to a plain caller and by mutual TLS', async () => {
    const service = stack.add(
      await startTcpService((socket) => {
        socket.write('220 ready\r\n');
        socket.on('data', (chunk) => socket.write(chunk));
      }),
    );
    const hop = stack.add(
      await startHop({
        service: service.port,
        protocol: 'auto',
        inbound: { mtls: 'permissive' },
      }),
    );
    for (const port of [hop.inbound, hop.port]) {
      const client = await rawClient(port);
      await eventually(() => expect(client.received()).toBe('220 ready\r\n'));
      client.send('QUIT');
      await eventually(() => expect(client.received()).toBe('220 ready\r\nQUIT'));
      client.close();
    }
  });

  it('waits for a caller that is silent at first, whichever way it then begins', async () => {
    const service = stack.add(await startTcpService((socket) => socket.pipe(socket)));
    const hop = stack.add(
      await startHop({
        service: service.port,
        protocol: 'auto',
        inbound: { mtls: 'permissive' },
        limits: { detectionTimeout: 5 },
      }),
    );
    const plain = await rawClient(hop.inbound);
    // The sidecar has given up on the caller and listens to the service as well.
    await eventually(() => expect(service.accepted()).toBe(1));
    plain.send('PING\r\n');
    await eventually(() => expect(plain.received()).toBe('PING\r\n'));
    plain.close();

    const { socket } = await rawClient(hop.inbound);
    await eventually(() => expect(service.accepted()).toBe(3));
    socket.removeAllListeners('data');
    const { certificateChain: cert, privateKey: key } = hop.leaf('web');
    const secure = connect({
      ...{ socket, cert, key, ca: hop.trustBundle, ALPNProtocols: [TCP_ALPN] },
      checkServerIdentity: () => undefined,
    });
    stack.add({ close: () => void secure.destroy() });
    let received = '';
    secure.on('data', (chunk: Buffer) => (received += chunk.toString()));
    secure.write('SECRET\r\n');
    await eventually(() => expect(received).toBe('SECRET\r\n'));
    expect(secure.alpnProtocol).toBe(TCP_ALPN);
  });
});

describe('a change of the mode', () => {
  /** In the order that the engine takes: the callee takes either, then callers change, then it closes. */
  async function change(
    hop: TestHop,
    to: 'strict' | 'disabled',
    settled: () => Promise<void>,
  ): Promise<void> {
    await hop.pushInbound({ mtls: 'permissive' });
    await hop.pushExpected(to === 'strict' ? API : PLAIN);
    await settled();
    await hop.pushInbound({ mtls: to });
  }

  it('loses no request, while many are under way', async () => {
    const hop = await hopTo({});
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    stack.add({ close: () => void agent.destroy() });
    let running = true;
    const statuses: number[] = [];
    const caller = async (): Promise<void> => {
      while (running) statuses.push(await get(hop.port, agent));
    };
    const callers = Array.from({ length: 8 }, caller);
    // More than are under way at a time: those that began before have ended.
    const more = async (): Promise<void> => {
      const before = statuses.length;
      await eventually(() => expect(statuses.length).toBeGreaterThan(before + 50));
    };
    for (let i = 0; i < 5; i++) {
      await change(hop, i % 2 === 0 ? 'disabled' : 'strict', more);
      await more();
    }
    running = false;
    await Promise.all(callers);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const ways = new Set(
      hop.hops().map(({ direction, flags }) => `${direction} ${flags & HopFlag.MTLS}`),
    );
    expect(ways.size).toBe(4);
    expect(hop.refusals()).toEqual([]);
  });

  it('ends plain connections that stand idle when only mutual TLS is taken', async () => {
    const hop = await hopTo({ inbound: { mtls: 'permissive' } });
    const client = await rawClient(hop.inbound);
    client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => expect(client.received()).toMatch(/^HTTP\/1.1 200/));
    expect(client.closed()).toBe(false);
    await hop.pushInbound({ mtls: 'strict' });
    await eventually(() => client.closed());
    expect(await get(hop.port)).toBe(200);
  });

  it('ends one whose first byte came after the change', async () => {
    const hop = await hopTo({ inbound: { mtls: 'permissive' } });
    const client = await rawClient(hop.inbound);
    await hop.pushInbound({ mtls: 'strict' });
    client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => client.closed());
    expect(client.received()).toBe('');
  });
});
