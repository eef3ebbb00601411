import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { HopOptions, TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, startService } from '../../support/service.ts';
import { startTcpService } from '../../support/tcp-service.ts';
import type { TcpService } from '../../support/tcp-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function through(
  onSocket: (socket: Socket) => void,
  options: Partial<HopOptions> = { protocol: 'tcp' },
): Promise<{ hop: TestHop; service: TcpService }> {
  const service = stack.add(await startTcpService(onSocket));
  return { service, hop: stack.add(await startHop({ service: service.port, ...options })) };
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Sends all, half-closes, and reads to the end. */
function exchange(port: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => resolve(Buffer.concat(chunks)));
    socket.end(bytes);
  });
}

describe('TCP through two sidecars', () => {
  it('carries ten megabytes each way, and a half-close', async () => {
    const { hop } = await through((socket) => socket.pipe(socket));
    const bytes = randomBytes(10_000_000);
    expect(digest(await exchange(hop.port, bytes))).toBe(digest(bytes));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    for (const one of hop.hops()) {
      expect(one).toMatchObject({ protocol: 'tcp', failure: '', status: 0 });
      expect([one.requestBytes, one.responseBytes]).toEqual([bytes.length, bytes.length]);
      expect(one.flags & HopFlag.TUNNEL).toBeTruthy();
      expect(one.flags & HopFlag.MTLS).toBeTruthy();
    }
    expect(hop.hops().find(({ direction }) => direction === 'inbound')?.sourceService).toBe('web');
  });

  it('lets the service go on answering after the caller has ended its side', async () => {
    const { hop } = await through((socket) => {
      let asked = '';
      socket.on('data', (chunk) => (asked += chunk.toString()));
      socket.on('end', () => socket.end(`you said ${asked}`));
    });
    expect((await exchange(hop.port, Buffer.from('hello'))).toString()).toBe('you said hello');
  });

  it('passes a reset of the service on as a reset', async () => {
    const { hop } = await through((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const failure = await exchangeFailure(hop.port);
    expect(failure).toBe('ECONNRESET');
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().every(({ failure: code }) => code === 'upstream-reset')).toBe(true);
  });

  it('passes a reset of the caller on as a reset', async () => {
    const codes: (string | undefined)[] = [];
    const { hop, service } = await through((socket) => {
      socket.on('error', (error: NodeJS.ErrnoException) => codes.push(error.code));
      socket.on('data', () => undefined);
    });
    const client = await rawClient(hop.port);
    client.send('hello');
    await eventually(() => expect(service.sockets.size).toBe(1));
    client.socket.resetAndDestroy();
    await eventually(() => expect(codes).toEqual(['ECONNRESET']));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().every(({ failure }) => failure === 'downstream-gone')).toBe(true);
  });

  it('resets the caller where the service cannot be reached, and the hops say why', async () => {
    const { hop, service } = await through(() => undefined);
    await service.close();
    expect(await exchangeFailure(hop.port)).toBe('ECONNRESET');
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    const inbound = hop.hops().find(({ direction }) => direction === 'inbound');
    expect(inbound?.failure).toBe('connect-failure');
  });

  it('tries again to connect, as often as it may, and no more', async () => {
    const retry = { attempts: 2, perTryTimeout: 0, on: ['connect-failure'] } as const;
    const route = { retry: { ...retry, backOff: { base: 1, max: 2 } } };
    // Whoever answers is somebody else.
    const options = { service: 1, expected: 'spiffe://nobody', route } as const;
    const hop = stack.add(await startHop({ ...options, protocol: 'tcp' }));
    const client = await rawClient(hop.port);
    client.send('hello');
    await eventually(() => expect(client.closed()).toBe(true));
    await eventually(() => expect(hop.hops()).toHaveLength(3));
    expect(hop.hops().map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    const flags = hop.hops().map((one) => one.flags);
    expect(flags.map((one) => (one & HopFlag.RETRIED) !== 0)).toEqual([true, true, false]);
    expect((flags[2] ?? 0) & HopFlag.RETRY_LIMIT).toBeTruthy();
  });

  it('does not buffer what a slow reader does not take', async () => {
    let sent = 0;
    const { hop } = await through((socket) => {
      const chunk = Buffer.alloc(64 * 1024);
      const more = (): void => {
        let room = true;
        while (room && sent < 200_000_000) {
          room = socket.write(chunk);
          sent += chunk.length;
        }
      };
      socket.on('drain', more);
      more();
    });
    const client = await rawClient(hop.port);
    client.socket.pause();
    let before = -1;
    await eventually(
      () => {
        const still = before === sent && sent > 0;
        before = sent;
        return still;
      },
      { every: 200 },
    );
    expect(sent).toBeLessThan(50_000_000);
    client.close();
  });

  it('is told of while it is open, as far as it has come', async () => {
    const { hop } = await through((socket) => socket.pipe(socket));
    const client = stack.add(await rawClient(hop.port));
    client.send('hello');
    const open = await eventually(() => {
      const [told] = hop.hops().filter(({ direction }) => direction === 'outbound');
      return told ?? false;
    });
    expect(open.flags & HopFlag.OPEN).toBeTruthy();
    expect(open).toMatchObject({ requestBytes: 5, responseBytes: 5, destinationService: 'api' });
    client.socket.end();
    const ended = (): Hop[] => hop.hops().filter(({ flags }) => !(flags & HopFlag.OPEN));
    await eventually(() => expect(ended()).toHaveLength(2));
    expect(ended().map(({ spanId }) => spanId)).toContain(open.spanId);
  });

  it('ends a connection on which nothing moves for too long', async () => {
    const { hop } = await through((socket) => socket.resume(), {
      protocol: 'tcp',
      limits: { tunnelIdleTimeout: 200 },
    });
    const client = await rawClient(hop.port);
    client.send('hello');
    await eventually(() => client.closed());
    await eventually(() => expect(hop.hops().length).toBeGreaterThan(0));
    expect(hop.hops()[0]?.failure).toBe('tunnel-idle');
  });
});

function exchangeFailure(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.on('data', () => undefined);
    socket.on('end', () => resolve('end'));
    socket.write('hello');
  });
}

describe('a port that does not say what it speaks', () => {
  it('is HTTP for a request line', async () => {
    const service = stack.add(await startService(echo));
    const hop = stack.add(await startHop({ service: service.port, protocol: 'auto' }));
    const answer = await fetch(`http://127.0.0.1:${hop.port}/a`);
    expect(answer.status).toBe(200);
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ protocol }) => protocol)).toEqual(['http/1.1', 'http/1.1']);
  });

  it('is TCP for other bytes, however slowly they come', async () => {
    const { hop } = await through((socket) => socket.pipe(socket), { protocol: 'auto' });
    const client = await rawClient(hop.port);
    client.send('*');
    await eventually(() => expect(hop.hops()).toHaveLength(0));
    client.send('1\r\n$4\r\nPING\r\n');
    await eventually(() => expect(client.received()).toBe('*1\r\n$4\r\nPING\r\n'));
    client.socket.end();
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ protocol }) => protocol)).toEqual(['tcp', 'tcp']);
  });

  it('is TCP where the service speaks first', async () => {
    const { hop } = await through((socket) => socket.write('220 ready\r\n'), { protocol: 'auto' });
    const client = await rawClient(hop.port);
    await eventually(() => expect(client.received()).toBe('220 ready\r\n'));
    client.close();
  });

  it('is still HTTP for a caller that connects long before it asks', async () => {
    const service = stack.add(await startService(echo));
    const options = { service: service.port, limits: { detectionTimeout: 10 } };
    const hop = stack.add(await startHop({ ...options, protocol: 'auto' }));
    const open = (): Promise<number> =>
      new Promise((resolve) => void service.server.getConnections((_error, n) => resolve(n)));
    const client = await rawClient(hop.port);
    // The silence was noticed: a connection was tried, to hear whether the service speaks first.
    await eventually(async () => expect(await open()).toBe(1));
    client.send('GET /late HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => expect(client.received()).toContain('"url":"/late"'));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ protocol }) => protocol)).toEqual(['http/1.1', 'http/1.1']);
    client.close();
  });

  it('passes TLS through without ending it, and the hop tells the name that was asked for', async () => {
    const authority = stack.add(await startHop({ service: 1 }));
    const { certificateChain, privateKey } = authority.leaf('api');
    const server = createTlsServer({ cert: certificateChain, key: privateKey }, (socket) =>
      socket.end('secret'),
    );
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    stack.add({ close: () => void server.close() });
    const service = (server.address() as AddressInfo).port;
    const hop = stack.add(await startHop({ service, protocol: 'auto' }));
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connectTls({
        port: hop.port,
        host: '127.0.0.1',
        servername: 'bank.example',
        rejectUnauthorized: false,
      });
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('error', reject);
      socket.on('end', () => resolve(text));
    });
    expect(heard).toBe('secret');
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    const outbound = hop.hops().find(({ direction }) => direction === 'outbound');
    expect(outbound).toMatchObject({ protocol: 'tls', path: 'bank.example' });
  });
});
