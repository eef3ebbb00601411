/** What every kind of fault promises on a connection of bytes, whatever it does. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { FaultConfig, FaultKind } from '../../../src-main/proxy/config/fault.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { CountingClock } from '../../support/counting-clock.ts';
import { eventually } from '../../support/eventually.ts';
import { FAULT_CASES } from '../../support/fault-cases.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { startTcpService } from '../../support/tcp-service.ts';
import type { TcpService } from '../../support/tcp-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const BYTES = randomBytes(4000);

/** There are no heads and no statuses. */
const OTHERWISE: Partial<Record<FaultKind, 'passes' | 'breaks'>> = {
  responseHeaders: 'passes',
  abort: 'breaks',
};
const CASES = (Object.keys(FAULT_CASES) as FaultKind[]).flatMap((kind) =>
  FAULT_CASES[kind].map(({ config, outcome }) => ({
    fault: { name: 'f', match: {}, random: false, [kind]: config },
    acts: kind !== 'responseHeaders',
    outcome: OTHERWISE[kind] ?? outcome,
    text: `${kind} ${JSON.stringify(config)}`,
  })),
);
const INJECTED = HopFlag.DELAY_INJECTED | HopFlag.ABORT_INJECTED | HopFlag.FAULT_INJECTED;

interface Wire {
  readonly hop: TestHop;
  readonly clock: CountingClock;
  readonly service: TcpService;
  /** Timers that run where nothing happens. */
  readonly idle: number;
}

/** Gives all back when it has heard the end. */
function mirror(socket: Socket): void {
  const heard: Buffer[] = [];
  socket.on('data', (chunk) => heard.push(chunk));
  socket.on('end', () => socket.end(Buffer.concat(heard)));
}

async function start(fault: FaultConfig): Promise<Wire> {
  const clock = new CountingClock();
  const service = stack.add(await startTcpService(mirror));
  const route = { faults: [fault] };
  const options = { service: service.port, protocol: 'tcp', clock, route } as const;
  const hop = stack.add(await startHop(options));
  return { hop, clock, service, idle: clock.pending };
}

interface Running {
  readonly socket: Socket;
  /** All that came back, or what went wrong. */
  readonly answer: Promise<Buffer | 'broken'>;
}

function send({ hop }: Wire, ending = true): Running {
  const socket = connect({ port: hop.port, host: '127.0.0.1', allowHalfOpen: true });
  const answer = new Promise<Buffer | 'broken'>((resolve) => {
    const heard: Buffer[] = [];
    socket.on('data', (chunk) => heard.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(heard)));
    socket.on('error', () => resolve('broken'));
  });
  socket.write(BYTES);
  if (ending) socket.end();
  return { socket, answer };
}

function callers({ hop }: Wire): Hop[] {
  return hop
    .hops()
    .filter(({ direction, flags }) => direction === 'outbound' && !(flags & HopFlag.OPEN));
}

/** The proxy has all that was sent, and a fault has acted on it. */
async function held(wire: Wire, { socket }: Running): Promise<void> {
  await eventually(() => socket.writableLength === 0);
  const before = wire.clock.now();
  await eventually(() => wire.clock.now() - before > 60);
}

async function nothingLeft({ clock, service, idle }: Wire): Promise<void> {
  await eventually(() => expect(service.sockets.size).toBe(0));
  await eventually(() => expect(clock.pending).toBe(idle));
}

describe.each(CASES)('on a connection, the fault $text', ({ fault, acts, outcome }) => {
  it('does what it is for, marks the hop, and leaves no timer and no socket', async () => {
    const wire = await start(fault);
    const running = send(wire);
    if (outcome === 'waits') {
      await held(wire, running);
      await wire.hop.push({ faults: [] });
    }
    const answer = await running.answer;
    const isWhole = answer !== 'broken' && answer.equals(BYTES);
    expect(isWhole).toBe(outcome === 'passes' || outcome === 'waits');
    const [hop] = await eventually(() => (callers(wire).length === 1 ? callers(wire) : false));
    expect(hop?.faults).toBe(acts ? 'f' : '');
    expect(((hop?.flags ?? 0) & INJECTED) !== 0).toBe(acts);
    await nothingLeft(wire);
  });

  it('waits for nobody: a caller that goes ends it', async () => {
    const wire = await start(fault);
    // Once it has ended its side, nothing tells of it any more but what is written to it.
    const running = send(wire, false);
    await held(wire, running);
    if (!running.socket.destroyed) running.socket.resetAndDestroy();
    await nothingLeft(wire);
  });
});
