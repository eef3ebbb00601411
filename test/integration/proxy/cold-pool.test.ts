import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { visitMany } from '../../support/visit.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function coldHop(answerWhen: (waiting: number) => boolean): Promise<TestHop> {
  const held: (() => void)[] = [];
  const server = createServer((_req, res) => {
    held.push(() => void res.end('done'));
    if (answerWhen(held.length)) for (const answer of held.splice(0)) answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.add({ close: () => void server.close(() => undefined).closeAllConnections() });
  return stack.add(await startHop({ service: (server.address() as AddressInfo).port }));
}

/** Requests of the caller that a handshake was made for. */
const handshakes = (hop: TestHop): number =>
  hop.hops().filter(({ direction, timing }) => direction === 'outbound' && timing.tls > 0).length;

it('opens fewer connections than requests that come at once, where answers come soon', async () => {
  const hop = await coldHop(() => true);
  const answers = await visitMany(32, 32, `http://127.0.0.1:${hop.port}/`);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  await eventually(() => hop.hops().length === 64);
  expect(handshakes(hop)).toBeLessThan(32);
});

it('opens one for each request where none is answered before all have come', async () => {
  const hop = await coldHop((waiting) => waiting === 32);
  const answers = await visitMany(32, 32, `http://127.0.0.1:${hop.port}/`);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  await eventually(() => hop.hops().length === 64);
  expect(handshakes(hop)).toBe(32);
});
