import { createHash, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { HopOptions, TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, startService } from '../../support/service.ts';
import type { TestService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const ASK = 'GET /ws HTTP/1.1\r\nHost: api\r\nConnection: Upgrade\r\n';

/** A service whose `onUpgrade` is given the bare socket. */
async function upgradingTo(
  onUpgrade: (socket: Duplex, head: Buffer) => void,
  options: Partial<HopOptions> = {},
): Promise<{ hop: TestHop; service: TestService; sockets: Set<Duplex> }> {
  const service = stack.add(await startService(echo));
  const sockets = new Set<Duplex>();
  service.server.on('upgrade', (_request, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onUpgrade(socket, head);
  });
  stack.add({ close: () => sockets.forEach((socket) => socket.destroy()) });
  return {
    service,
    sockets,
    hop: stack.add(await startHop({ service: service.port, ...options })),
  };
}

async function webSocketEcho(options: Partial<HopOptions> = {}): Promise<TestHop> {
  const service = stack.add(await startService(echo));
  const server = new WebSocketServer({ server: service.server, path: '/ws' });
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  stack.add({ close: () => server.clients.forEach((client) => client.terminate()) });
  return stack.add(await startHop({ service: service.port, ...options }));
}

function open(port: number, path = '/ws'): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

const reply = (socket: WebSocket): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    socket.once('message', (data) => resolve(data as Buffer));
    socket.once('error', reject);
  });

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const switching = (token: string): string =>
  `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${token}\r\n\r\n`;

describe('an upgrade over two sidecars', () => {
  it('carries a WebSocket, ten megabytes each way, told by a hop when it has ended', async () => {
    const hop = await webSocketEcho();
    const socket = await open(hop.port);
    const bytes = randomBytes(10_000_000);
    const answer = reply(socket);
    socket.send(bytes);
    expect(digest(await answer)).toBe(digest(bytes));
    // On a slow machine it is told before that it is open.
    const ended = () => hop.hops().filter(({ flags }) => !(flags & HopFlag.OPEN));
    expect(ended()).toHaveLength(0);
    socket.close(1000);
    await eventually(() => expect(ended()).toHaveLength(2));
    for (const one of ended()) {
      expect(one).toMatchObject({ protocol: 'websocket', status: 101, failure: '', path: '/ws' });
      expect(one.flags & HopFlag.TUNNEL).toBeTruthy();
      expect(one.flags & HopFlag.MTLS).toBeTruthy();
      expect(one.requestBytes).toBeGreaterThan(bytes.length);
      expect(one.responseBytes).toBeGreaterThan(bytes.length);
    }
  });

  it('keeps a hundred WebSockets apart', async () => {
    const hop = await webSocketEcho();
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const socket = await open(hop.port);
        const answer = reply(socket);
        socket.send(`I am ${i}`);
        const text = (await answer).toString();
        socket.close();
        return text;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, i) => `I am ${i}`));
  });

  it('loses no byte that came in one packet with the 101, on either side', async () => {
    const { hop } = await upgradingTo((socket, head) => {
      socket.write(`${switching('echo/1')}welcome ${head.toString()}`);
      socket.on('data', (chunk: Buffer) => socket.write(chunk));
    });
    const client = stack.add(await rawClient(hop.port));
    client.send(`${ASK}Upgrade: echo/1\r\n\r\n`);
    await eventually(() => expect(client.received()).toContain('welcome '));
    client.send('more');
    await eventually(() => expect(client.received()).toMatch(/\r\n\r\nwelcome more$/));
    expect(client.received()).toMatch(/^HTTP\/1\.1 101 .*\r\n/);
    expect(client.received().toLowerCase()).toContain('upgrade: echo/1\r\n');
  });

  it('lets one side go on after the other has ended its own', async () => {
    const { hop } = await upgradingTo((socket) => {
      socket.write(switching('ask'));
      let asked = '';
      socket.on('data', (chunk: Buffer) => (asked += chunk.toString()));
      socket.on('end', () => socket.end(`you said ${asked}`));
    });
    const client = stack.add(await rawClient(hop.port));
    client.socket.allowHalfOpen = true;
    client.send(`${ASK}Upgrade: ask\r\n\r\n`);
    await eventually(() => expect(client.received()).toContain('101'));
    client.socket.end('hello');
    await eventually(() => expect(client.received()).toMatch(/you said hello$/));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ failure }) => failure)).toEqual(['', '']);
  });

  it("gives a service's refusal back as the plain answer that it is", async () => {
    const hop = await webSocketEcho();
    const client = stack.add(await rawClient(hop.port));
    client.send(`${ASK.replace('/ws', '/other')}Upgrade: websocket\r\n\r\n`);
    await eventually(() => expect(client.received()).toMatch(/^HTTP\/1\.1 400 /));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops()[0]).toMatchObject({ status: 400, protocol: 'http/1.1' });
  });

  it('resets both sides when one of them is reset', async () => {
    const { hop, sockets } = await upgradingTo((socket) => void socket.write(switching('raw')));
    const client = stack.add(await rawClient(hop.port));
    client.send(`${ASK}Upgrade: raw\r\n\r\n`);
    await eventually(() => expect(client.received()).toContain('101'));
    client.socket.resetAndDestroy();
    await eventually(() => expect([...sockets].every(({ destroyed }) => destroyed)).toBe(true));
    await eventually(() => expect(hop.hops()).toHaveLength(2));
    expect(hop.hops().map(({ failure }) => failure)).toEqual([
      'downstream-gone',
      'downstream-gone',
    ]);
  });

  it('ends a tunnel that is idle for too long', async () => {
    const { hop } = await upgradingTo((socket) => void socket.write(switching('raw')), {
      limits: { tunnelIdleTimeout: 50 },
    });
    const client = stack.add(await rawClient(hop.port));
    client.send(`${ASK}Upgrade: raw\r\n\r\n`);
    await eventually(() => expect(client.closed()).toBe(true));
    await eventually(() =>
      expect(hop.hops().map(({ failure }) => failure)).toContain('tunnel-idle'),
    );
  });

  it('ignores an offer of HTTP/2 or TLS: no way around the rules for requests', async () => {
    const { hop, sockets } = await upgradingTo((socket) => void socket.write(switching('h2c')));
    for (const token of ['h2c', 'HTTP/2.0', 'TLS/1.2']) {
      const client = stack.add(await rawClient(hop.port));
      client.send(`${ASK}Upgrade: ${token}\r\n\r\n`);
      await eventually(() => expect(client.received()).toMatch(/^HTTP\/1\.1 200 /));
      expect(JSON.parse(client.received().split('\r\n\r\n')[1] as string)).not.toHaveProperty(
        'headers.upgrade',
      );
    }
    expect(sockets.size).toBe(0);
  });

  it('refuses an upgrade with a body, which would hide where the tunnel begins', async () => {
    const { hop, sockets } = await upgradingTo((socket) => void socket.write(switching('raw')));
    for (const body of ['Content-Length: 5\r\n\r\nhello', 'Transfer-Encoding: chunked\r\n\r\n']) {
      const client = stack.add(await rawClient(hop.port));
      client.send(`${ASK}Upgrade: raw\r\n${body}`);
      await eventually(() => expect(client.received()).toMatch(/^HTTP\/1\.1 501 /));
      expect(client.received()).toContain('unsupported-upgrade');
    }
    expect(sockets.size).toBe(0);
  });

  it('takes a 101 that nobody asked for as a broken answer', async () => {
    const service = stack.add(
      await startService((request) => void request.socket.write(switching('raw'))),
    );
    const hop = stack.add(await startHop({ service: service.port }));
    const client = stack.add(await rawClient(hop.port));
    client.send('GET / HTTP/1.1\r\nHost: api\r\n\r\n');
    await eventually(() => expect(client.received()).toMatch(/^HTTP\/1\.1 502 /));
    expect(client.received()).toContain('upstream-protocol');
  });
});

describe('interim answers over two sidecars', () => {
  it('passes early hints on before the answer (RFC 8297)', async () => {
    const service = stack.add(
      await startService((_request, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
        response.end('page');
      }),
    );
    const hop = stack.add(await startHop({ service: service.port }));
    const client = stack.add(await rawClient(hop.port));
    client.send('GET / HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n');
    await eventually(() => expect(client.closed()).toBe(true));
    expect(client.received()).toMatch(/^HTTP\/1\.1 103 [^]*\r\n\r\nHTTP\/1\.1 200 [^]*page$/);
    expect(client.received().toLowerCase()).toContain('link: </style.css>; rel=preload; as=style');
  });

  it('gives up a service that sends no end of them', async () => {
    const service = stack.add(
      await startService(
        ({ socket }) => void socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)),
      ),
    );
    const hop = stack.add(await startHop({ service: service.port }));
    const client = stack.add(await rawClient(hop.port));
    client.send('GET / HTTP/1.1\r\nHost: api\r\n\r\n');
    await eventually(() => expect(client.received()).toContain('HTTP/1.1 502 '));
  });
});
