import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { FaultConfig } from '../../../src-main/proxy/config/fault.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { HopOptions, TestHop } from '../../support/hop.ts';
import { echo, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const fault = (part: Partial<FaultConfig>): FaultConfig => ({
  name: 'f',
  match: {},
  random: false,
  ...part,
});
const retry = {
  attempts: 2,
  perTryTimeout: 0,
  on: ['5xx', 'connect-failure', 'reset'],
  backOff: { base: 1, max: 2 },
} as const;

async function hopWith(
  faults: FaultConfig[],
  options: Partial<HopOptions['route']> = {},
): Promise<TestHop> {
  const service = stack.add(await startService(echo));
  return stack.add(await startHop({ service: service.port, route: { faults, ...options } }));
}

function get(hop: TestHop, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${hop.port}/`, { headers });
}

/** The caller's hops, once there are so many. */
function tries(hop: TestHop, count: number): Promise<Hop[]> {
  return eventually(() => {
    const found = hop.hops().filter(({ direction }) => direction === 'outbound');
    return found.length >= count && found;
  });
}

describe('faults on HTTP', () => {
  it('an abort answers with its headers and its body', async () => {
    const headers = { 'retry-after': '3', 'content-type': 'application/json' };
    const abort = { status: 429, headers, body: '{"slow":"döwn"}', percentage: 100 };
    const answer = await get(await hopWith([fault({ abort })]));
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('3');
    expect(answer.headers.get('x-faultline-fault')).toBe('f');
    expect(await answer.json()).toEqual({ slow: 'döwn' });
  });

  it('fail so often and then work: a caller that retries enough notices nothing', async () => {
    const abort = { status: 503, percentage: 100 };
    const sequence = { failThenWork: { times: 2 } };
    const hop = await hopWith([fault({ abort, sequence })], { retry });
    expect([(await get(hop)).status, (await get(hop)).status]).toEqual([200, 200]);
    expect((await tries(hop, 6)).map(({ status }) => status)).toEqual([
      503, 503, 200, 503, 503, 200,
    ]);
    await hop.push({ faults: [fault({ abort, sequence })], retry: { ...retry, attempts: 1 } });
    expect((await get(hop)).status).toBe(503);
  });

  it('a reset before the head is retried as a real one would be, and marked', async () => {
    const abort = { status: 503, reset: 'beforeHead', percentage: 50 } as const;
    const hop = await hopWith([fault({ abort })], { retry });
    for (let i = 0; i < 4; i++) expect((await get(hop)).status).toBe(200);
    const failed = (await tries(hop, 6)).filter(({ failure }) => failure === 'upstream-reset');
    expect(failed.length).toBeGreaterThan(1);
    for (const { flags, faults, filters } of failed) {
      expect(faults).toBe('f');
      expect(filters).toBe('retry,abort f');
      expect(flags & HopFlag.ABORT_INJECTED).toBeTruthy();
    }
  });

  it('a delay at the connection makes the connect timeout strike', async () => {
    const delay = { duration: 60_000, at: 'connect', percentage: 100 } as const;
    const hop = await hopWith([fault({ delay })]);
    const answer = await get(hop);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('no connection within 1000 ms');
    const [only] = await tries(hop, 1);
    expect(only?.timing.injected).toBeGreaterThanOrEqual(999);
    expect(only?.flags).toBe(
      HopFlag.DELAY_INJECTED | HopFlag.ABORT_INJECTED | HopFlag.CONNECT_FAILURE,
    );
  });

  it('a reset in an answer that has begun is a real one: the caller gets an RST', async () => {
    const service = stack.add(await startService((_incoming, response) => response.write('a')));
    const hop = stack.add(await startHop({ service: service.port }));
    const socket = connect(hop.port, '127.0.0.1');
    const failure = new Promise<NodeJS.ErrnoException>((resolve) => socket.on('error', resolve));
    socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    await hop.push({ faults: [fault({ resetPeer: { after: 0, percentage: 100 } })] });
    expect((await failure).code).toBe('ECONNRESET');
  });

  it('a service that goes down is refused, and breaks what is under way', async () => {
    const service = stack.add(await startService((_incoming, response) => response.write('a')));
    const hop = stack.add(await startHop({ service: service.port }));
    const answer = await get(hop);
    await hop.push({ faults: [fault({ down: { percentage: 100 } })] });
    await expect(answer.text()).rejects.toThrow();
    const refused = await get(hop);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('ECONNREFUSED');
    const [first, second] = await tries(hop, 2);
    expect(first).toMatchObject({ failure: 'upstream-reset', faults: 'f' });
    expect(second).toMatchObject({ failure: 'connect-failure', faults: 'f' });
  });

  it('a partition makes a try wait for its connection, and is retried as such', async () => {
    const partition = { percentage: 50 };
    const hop = await hopWith([fault({ partition })], { retry });
    expect((await get(hop)).status).toBe(200);
    const all = await tries(hop, 2);
    const cut = all.filter(({ failure }) => failure === 'connect-failure');
    expect(cut).toHaveLength(1);
    expect(cut[0]?.timing.injected).toBeGreaterThanOrEqual(999);
  });

  it('for one instance act when that one was picked', async () => {
    const abort = { status: 500, percentage: 100 };
    const hop = await hopWith([fault({ abort, instance: 'api-v1-0' })]);
    expect((await get(hop)).status).toBe(500);
    await hop.push({ faults: [fault({ abort, instance: 'api-v1-1' })] });
    expect((await get(hop)).status).toBe(200);
  });

  it('are over when they have expired, to the millisecond and without a push', async () => {
    const abort = { status: 500, percentage: 100 };
    const until = Date.now() + 400;
    const hop = await hopWith([fault({ abort, active: { from: 0, until } })]);
    await eventually(async () => expect((await get(hop)).status).toBe(200));
    const all = await tries(hop, 2);
    for (const { start, status } of all) {
      // The hop begins at most a moment before the fault is asked.
      if (status === 500) expect(start).toBeLessThan(until);
      else expect(start).toBeGreaterThan(until - 50);
    }
    expect(all[0]?.status).toBe(500);
  });

  it('are for the same requests in two runs with one seed', async () => {
    const delay = { duration: 1, percentage: 50 };
    const seeded = fault({ random: true, seed: 4, delay });
    const run = async (): Promise<string[]> => {
      const hop = await hopWith([seeded]);
      for (let i = 0; i < 12; i++) await get(hop);
      return (await tries(hop, 12)).map(({ faults }) => faults);
    };
    const row = await run();
    expect(await run()).toEqual(row);
    expect(new Set(row)).toEqual(new Set(['', 'f']));
  });
});
