import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { FaultConfig, FaultKindConfigs } from '../../../src-main/proxy/config/fault.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { outcomeOf } from '../../../src-main/telemetry/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import type { RawClient } from '../../support/raw-client.ts';
import { echo as echoHttp, startService } from '../../support/service.ts';
import { startTcpService } from '../../support/tcp-service.ts';
import type { TcpService } from '../../support/tcp-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const echo = (socket: Socket): unknown => socket.pipe(socket);

function fault(kinds: FaultKindConfigs): FaultConfig {
  return { name: 'hurt', match: {}, random: false, ...kinds };
}

interface Wire {
  readonly hop: TestHop;
  readonly service: TcpService;
  /** A connection through the mesh. */
  connect(): Promise<RawClient>;
  /** Puts these faults in place of those before. */
  hurt(...faults: FaultConfig[]): Promise<void>;
  /** The callers' records of connections that are over. */
  ended(): Hop[];
}

async function wire(faults: FaultConfig[] = [], onSocket = echo): Promise<Wire> {
  const service = stack.add(await startTcpService(onSocket));
  const hop = stack.add(
    await startHop({ service: service.port, protocol: 'tcp', route: { faults } }),
  );
  return {
    hop,
    service,
    connect: async () => stack.add(await rawClient(hop.port)),
    hurt: (...next) => hop.push({ faults: next }),
    ended: () => callers(hop),
  };
}

/** The callers' records of connections that are over. */
function callers(hop: TestHop): Hop[] {
  return hop
    .hops()
    .filter(({ direction, flags }) => direction === 'outbound' && !(flags & HopFlag.OPEN));
}

async function webSocketEcho(faults: FaultConfig[]): Promise<TestHop> {
  const service = stack.add(await startService(echoHttp));
  const server = new WebSocketServer({ server: service.server });
  server.on('connection', (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  stack.add({ close: () => server.clients.forEach((client) => client.terminate()) });
  return startHop({ service: service.port, route: { faults } });
}

function open(port: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** How a connection ended: a reset's code, or `end`. */
function endOf({ socket }: RawClient): Promise<string> {
  return new Promise((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('end', () => resolve('end'));
  });
}

const ALL = { percentage: 100 };

describe('a fault on a connection that is open already', () => {
  it('holds its bytes back, and lets go of them when it is taken off', async () => {
    const { connect, hurt, ended } = await wire();
    const client = await connect();
    client.send('one');
    await eventually(() => expect(client.received()).toBe('one'));
    await hurt(fault({ silence: { ...ALL, duration: 0 } }));
    client.send(' two');
    const since = performance.now();
    await eventually(() => performance.now() - since > 150);
    expect(client.received()).toBe('one');
    await hurt();
    await eventually(() => expect(client.received()).toBe('one two'));
    client.socket.end();
    await eventually(() => expect(ended()).toHaveLength(1));
    expect(ended()[0]).toMatchObject({ failure: '', faults: 'hurt' });
  });

  it('makes a line narrow, and what is under way is as fast as ever without it', async () => {
    const { connect, hurt } = await wire();
    const client = await connect();
    await hurt(fault({ bandwidth: { ...ALL, down: 1000 } }));
    // A hundred seconds of it.
    client.send('x'.repeat(100_000));
    await eventually(() => expect(client.received().length).toBeGreaterThan(100));
    expect(client.received().length).toBeLessThan(50_000);
    await hurt();
    await eventually(() => expect(client.received()).toHaveLength(100_000));
  });

  it('resets it on both sides', async () => {
    const codes: (string | undefined)[] = [];
    const { connect, hurt, ended } = await wire([], (socket) => {
      socket.on('error', (error: NodeJS.ErrnoException) => codes.push(error.code));
      return socket.pipe(socket);
    });
    const client = await connect();
    client.send('hello');
    await eventually(() => expect(client.received()).toBe('hello'));
    const end = endOf(client);
    await hurt(fault({ resetPeer: { ...ALL, after: 0 } }));
    expect(await end).toBe('ECONNRESET');
    await eventually(() => expect(codes).toEqual(['ECONNRESET']));
    await eventually(() => expect(ended()).toHaveLength(1));
    const [hop] = ended() as [Hop];
    expect(hop).toMatchObject({ faults: 'hurt', failure: 'upstream-reset' });
    expect(outcomeOf(hop)).toBe('injected');
  });
});

describe('a fault on a WebSocket', () => {
  it('goes on after the upgrade, and ends while the socket is open', async () => {
    const bandwidth = { ...ALL, down: 1000 };
    const hop = stack.add(await webSocketEcho([fault({ bandwidth })]));
    const socket = await open(hop.port);
    let received = 0;
    socket.on('message', (data: Buffer) => (received += data.length));
    for (let i = 0; i < 100; i++) socket.send('x'.repeat(1000));
    await eventually(() => expect(received).toBeGreaterThan(0));
    expect(received).toBeLessThan(50_000);
    await hop.push({ faults: [] });
    await eventually(() => expect(received).toBe(100_000));
    socket.terminate();
    await eventually(() => expect(callers(hop)).toHaveLength(1));
    expect(callers(hop)[0]).toMatchObject({ status: 101, faults: 'hurt' });
  });

  it('may come while it is open', async () => {
    const hop = stack.add(await webSocketEcho([]));
    const socket = await open(hop.port);
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    await hop.push({ faults: [fault({ resetPeer: { ...ALL, after: 0 } })] });
    // 1006: without a word (RFC 6455 §7.4.1).
    expect(await closed).toBe(1006);
    await eventually(() => expect(callers(hop)).toHaveLength(1));
    expect(outcomeOf(callers(hop)[0] as Hop)).toBe('injected');
  });
});

describe('a fault on new connections', () => {
  it('breaks them after so many bytes, and says that it did', async () => {
    const limitData = { ...ALL, direction: 'down', bytes: 5, then: 'close' } as const;
    const { connect, ended } = await wire([fault({ limitData })]);
    const client = await connect();
    const end = endOf(client);
    client.send('hello, world');
    expect(await end).toBe('end');
    expect(client.received()).toBe('hello');
    await eventually(() => expect(ended()).toHaveLength(1));
    expect(outcomeOf(ended()[0] as Hop)).toBe('injected');
  });

  it('is for an exact share of them', async () => {
    const { connect, service, ended } = await wire([
      fault({ abort: { percentage: 30, status: 503 } }),
    ]);
    for (let i = 0; i < 10; i++) {
      const client = await connect();
      client.send('hello');
      await eventually(() => expect(client.closed() || client.received() === 'hello').toBe(true));
      client.close();
    }
    await eventually(() => expect(ended()).toHaveLength(10));
    const aborted = ended().filter(({ failure }) => failure === 'abort');
    expect(aborted).toHaveLength(3);
    expect(aborted.every(({ flags }) => flags & HopFlag.ABORT_INJECTED)).toBe(true);
    expect(service.accepted()).toBe(7);
  });

  it('delays them, and the time is in the hop', async () => {
    const { connect, ended } = await wire([fault({ delay: { ...ALL, duration: 120 } })]);
    const client = await connect();
    client.send('hello');
    await eventually(() => expect(client.received()).toBe('hello'));
    client.socket.end();
    await eventually(() => expect(ended()).toHaveLength(1));
    expect(ended()[0]?.timing.injected).toBeGreaterThanOrEqual(119);
  });

  it('lets go of those that it still delays when it is taken off', async () => {
    const { connect, hurt } = await wire([fault({ delay: { ...ALL, duration: 3_600_000 } })]);
    const client = await connect();
    client.send('hello');
    await eventually(() => expect(client.closed()).toBe(false));
    await hurt();
    await eventually(() => expect(client.received()).toBe('hello'));
  });

  it('takes them and is silent, then closes them', async () => {
    const { connect } = await wire([fault({ silence: { ...ALL, duration: 100 } })]);
    const client = await connect();
    const end = endOf(client);
    client.send('hello');
    expect(await end).toBe('end');
    expect(client.received()).toBe('');
  });

  it('acts behind the retries of the connection: what fails is tried again', async () => {
    const retry = { attempts: 2, on: ['reset'], backOff: { base: 1, max: 2 } } as const;
    const abort = { ...ALL, status: 503, reset: 'beforeHead' } as const;
    const broken = { ...fault({ abort }), sequence: { first: 2 } };
    const { connect, hop, service, ended } = await wire();
    await hop.push({ faults: [broken], retry: { ...retry, perTryTimeout: 0 } });
    const client = await connect();
    client.send('hello');
    await eventually(() => expect(client.received()).toBe('hello'));
    client.socket.end();
    await eventually(() => expect(ended()).toHaveLength(3));
    const tries = ended().map(({ attempt, failure, faults }) => [attempt, failure, faults]);
    expect(tries).toEqual([
      [0, 'upstream-reset', 'hurt'],
      [1, 'upstream-reset', 'hurt'],
      [2, '', ''],
    ]);
    expect(new Set(ended().map(({ traceId }) => traceId)).size).toBe(1);
    expect(service.accepted()).toBe(1);
  });

  it('leaves nothing behind', async () => {
    const slow = { ...ALL, duration: 100 };
    const { connect, hurt, service } = await wire([fault({ silence: { ...ALL, duration: 0 } })]);
    const clients = await Promise.all(Array.from({ length: 20 }, connect));
    for (const client of clients) client.send('hello');
    await eventually(() => expect(service.sockets.size).toBe(20));
    await hurt(fault({ delay: slow }));
    await eventually(() => expect(clients.every((one) => one.received() === 'hello')).toBe(true));
    for (const client of clients) client.close();
    await eventually(() => expect(service.sockets.size).toBe(0));
  });
});
