/** What every kind of fault promises, whatever it does. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
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
import { readAll, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const BODY = randomBytes(3000).toString('base64');
const CASES = (Object.keys(FAULT_CASES) as FaultKind[]).flatMap((kind) =>
  FAULT_CASES[kind].map(({ config, outcome }) => ({
    kind,
    outcome,
    config,
    text: `${kind} ${JSON.stringify(config)}`,
  })),
);
const percentage = 100;
const INJECTED = HopFlag.DELAY_INJECTED | HopFlag.ABORT_INJECTED | HopFlag.FAULT_INJECTED;

function faultOf({ kind, config }: (typeof CASES)[number]): FaultConfig {
  return { name: 'f', match: { pathPrefix: '/hurt' }, random: false, [kind]: config };
}

interface Running {
  readonly request: ClientRequest;
  /** Status and body, or what went wrong. */
  readonly answer: Promise<string>;
}

function post(port: number, path = '/hurt'): Running {
  const sent = request({ host: '127.0.0.1', port, method: 'POST', path, agent: false });
  const answer = new Promise<string>((resolve) => {
    sent.on('error', () => resolve('broken'));
    sent.on('response', (response) => {
      const tell = (body: string): string =>
        `${response.statusCode} ${String(response.headers['x-echo'])} ${body}`;
      readAll(response).then(
        (body) => resolve(tell(body)),
        () => resolve('broken'),
      );
    });
  });
  sent.end(BODY);
  return { request: sent, answer };
}

/** Another request has come and gone since: the proxy has seen all of this one. */
async function seen({ request: sent }: Running, hop: TestHop): Promise<void> {
  await eventually(() => sent.writableFinished);
  await post(hop.port, '/well').answer;
}

async function startMirror(clock: CountingClock, faults: FaultConfig[]): Promise<TestHop> {
  const service = stack.add(
    await startService((incoming, response) => {
      readAll(incoming).then(
        (body) => {
          response.writeHead(200, { 'x-echo': 'yes' });
          // Its length is not told, so that the caller waits for the end.
          response.write(body);
          response.end();
        },
        // The fault broke the request off.
        () => response.destroy(),
      );
    }),
  );
  return stack.add(await startHop({ service: service.port, clock, route: { faults } }));
}

const WHOLE = `200 yes ${BODY}`;

function outbound(hop: TestHop): Hop[] {
  return hop.hops().filter(({ direction }) => direction === 'outbound');
}

const isHurt = ({ path }: Hop): boolean => path === '/hurt';

describe.each(CASES)('the fault $text', (one) => {
  const fault = faultOf(one);

  it('does what it is for, marks the hop, and leaves no timer', async () => {
    const clock = new CountingClock();
    const hop = await startMirror(clock, [fault]);
    const idle = clock.pending;
    const running = post(hop.port);
    if (one.outcome === 'waits') {
      // It would do so for ever.
      await seen(running, hop);
      await hop.push({ faults: [] });
    }
    const text = await running.answer;
    if (one.outcome === 'breaks') expect(text).toMatch(/^(broken|503)/);
    else if (one.outcome === 'changes') expect(text).not.toMatch(/^(broken|503)/);
    else expect(text).toBe(WHOLE);
    if (one.outcome === 'changes') expect(text).not.toBe(WHOLE);
    const hurt = await eventually(() => outbound(hop).find(isHurt) ?? false);
    expect(hurt.faults).toBe('f');
    expect(hurt.flags & INJECTED).toBeTruthy();
    await eventually(() => expect(clock.pending).toBe(idle));
  });

  it('is gone at once when it is taken off, and the requests after it are whole', async () => {
    const clock = new CountingClock();
    const hop = await startMirror(clock, [fault]);
    const idle = clock.pending;
    const first = post(hop.port);
    await seen(first, hop);
    await hop.push({ faults: [] });
    await first.answer;
    expect(await post(hop.port).answer).toBe(WHOLE);
    const hurt = await eventually(() => {
      const all = outbound(hop).filter(isHurt);
      return all.length === 2 && all;
    });
    expect(hurt.map(({ faults }) => faults)).toEqual(['f', '']);
    await eventually(() => expect(clock.pending).toBe(idle));
  });

  it('waits for nobody: a caller that goes ends it', async () => {
    const clock = new CountingClock();
    const hop = await startMirror(clock, [fault]);
    const idle = clock.pending;
    const running = post(hop.port);
    await seen(running, hop);
    // An end alone could be that of a caller that says no more, and still waits.
    running.request.socket?.resetAndDestroy();
    await running.answer;
    await eventually(() => expect(clock.pending).toBe(idle));
    await eventually(() => expect(outbound(hop).filter(isHurt)).toHaveLength(1));
  });
});

describe('a fault that comes while a request is under way', () => {
  it('acts on the bytes that are still to come', async () => {
    const clock = new CountingClock();
    let finish = (): void => undefined;
    const service = stack.add(
      await startService((incoming, response) => {
        if (incoming.url === '/well') return response.end();
        response.write('a');
        finish = () => response.end('b');
      }),
    );
    const hop = stack.add(await startHop({ service: service.port, clock }));
    const idle = clock.pending;
    const running = post(hop.port);
    await new Promise((resolve) => running.request.on('response', resolve));
    const match = { pathPrefix: '/hurt' };
    const mute = { name: 'mute', match, random: false, silence: { duration: 0, percentage } };
    await hop.push({ faults: [mute] });
    finish();
    let isAnswered = false;
    void running.answer.then(() => (isAnswered = true));
    await seen(running, hop);
    expect(isAnswered).toBe(false);
    const reset = { name: 'rst', match, random: false, resetPeer: { after: 0, percentage } };
    await hop.push({ faults: [mute, reset] });
    expect(await running.answer).toBe('broken');
    const hurt = await eventually(() => outbound(hop).find(isHurt) ?? false);
    expect(hurt).toMatchObject({ faults: 'mute,rst', failure: 'upstream-reset' });
    await eventually(() => expect(clock.pending).toBe(idle));
  });
});
