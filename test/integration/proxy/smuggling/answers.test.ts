import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../../src-main/base/disposable.ts';
import { eventually } from '../../../support/eventually.ts';
import { startHop } from '../../../support/hop.ts';
import { rawClient } from '../../../support/raw-client.ts';
import { AFTER, describeAnswer, isWithheld, startEvilService, tryAnswers } from './answer-trial.ts';
import type { AnswerOutcome } from './answer-trial.ts';
import { flawsOfAnswer } from './canonical.ts';
import { ANSWERS, EVIL } from './corpus/answers.ts';
import { peersHere, startPeer } from './peers.ts';

const stack = new CloseStack();
/** By the peer's name and the attack's id. */
const judged = new Map<string, Map<string, AnswerOutcome>>();
let ours: Map<string, AnswerOutcome>;

beforeAll(async () => {
  const service = stack.add(await startEvilService(ANSWERS));
  const hop = stack.add(await startHop({ service: service.port }));
  const trials = peersHere().map(async (peer) => {
    const evil = stack.add(await startEvilService(ANSWERS));
    const { port } = stack.add(await startPeer(peer, evil.port));
    judged.set(peer.name, await tryAnswers(ANSWERS, port, evil.gone));
  });
  ours = await tryAnswers(ANSWERS, hop.port, service.gone);
  await Promise.all(trials);
}, 120_000);
afterAll(() => stack.close());

function outcomeOf(id: string): AnswerOutcome {
  const outcome = ours.get(id);
  if (!outcome) throw new Error(`${id} was not tried`);
  return outcome;
}

describe('of the answers of a broken or hostile service', () => {
  it('each ends as the table says', async () => {
    const lines = ANSWERS.map(({ id }) => {
      return `${id.padEnd(24)} ${describeAnswer(outcomeOf(id))}\n`;
    });
    await expect(lines.join('')).toMatchFileSnapshot('answers.txt');
  });

  it('none can be read in two ways by the caller', () => {
    const flaws = ANSWERS.flatMap(({ id, method }) => {
      const { evil } = outcomeOf(id);
      if (evil.kind === 'malformed') return [`${id}: ${evil.why}`];
      if (evil.kind === 'part') return [];
      return flawsOfAnswer(evil.answer, method).map((flaw) => `${id}: ${flaw}`);
    });
    expect(flaws).toEqual([]);
  });

  it('none becomes two, and none answers the request behind it', () => {
    const poisoned = [...ours].filter(([, { after, surplus }]) => {
      if (surplus !== '' || after.kind !== 'whole') return true;
      return after.answer.status !== 200 || after.answer.body !== AFTER;
    });
    expect(poisoned.map(([id]) => id)).toEqual([]);
  });

  it('none is passed on that two of nginx, HAProxy and Envoy withhold', () => {
    const deviating = [...ours].filter(([id, outcome]) => {
      if (isWithheld(outcome)) return false;
      const withholding = [...judged.values()].filter((peer) =>
        isWithheld(peer.get(id) as AnswerOutcome),
      );
      return withholding.length >= 2;
    });
    expect(deviating.map(([id]) => id)).toEqual([]);
  });
});

describe('an answer that nobody asked for', () => {
  it('ends the connection that it came on, and answers nothing', async () => {
    const sockets: Socket[] = [];
    const service = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood'));
    });
    await new Promise<void>((resolve) => void service.listen(0, '127.0.0.1', resolve));
    stack.add({ close: () => void service.close() });
    const hop = stack.add(await startHop({ service: (service.address() as AddressInfo).port }));
    const client = await rawClient(hop.port);
    stack.add(client);
    const bodies = (): string[] => client.received().match(/(?:good|EVIL)/g) ?? [];
    client.send('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => expect(bodies()).toEqual(['good']));
    sockets[0]?.write(EVIL);
    await eventually(() => sockets[0]?.destroyed === true);
    client.send('GET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => expect(bodies()).toEqual(['good', 'good']));
    expect(sockets).toHaveLength(2);
  });
});
