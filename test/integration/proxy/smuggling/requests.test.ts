import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../../src-main/base/disposable.ts';
import { startHop } from '../../../support/hop.ts';
import { flawsOf } from './canonical.ts';
import { REQUESTS, bytesOf } from './corpus/all.ts';
import type { Attack } from './corpus/attack.ts';
import { DEVIATIONS } from './deviations.ts';
import { peersHere, startPeer } from './peers.ts';
import { startRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';
import { describeOutcome, isRefused, tryAll } from './trial.ts';
import type { Outcome } from './trial.ts';

const stack = new CloseStack();
/** By the peer's name and the attack's id. */
const judged = new Map<string, Map<string, Outcome>>();
let recorder: Recorder;
let ours: Map<string, Outcome>;

beforeAll(async () => {
  recorder = stack.add(await startRecorder());
  const limits = { headTimeout: 1000, bodyIdleTimeout: 1000, keepAliveTimeout: 2000 };
  const hop = stack.add(await startHop({ service: recorder.port, limits }));
  const trials = peersHere().map(async (peer) => {
    const record = stack.add(await startRecorder());
    const { port } = stack.add(await startPeer(peer, record.port));
    judged.set(peer.name, await tryAll(REQUESTS, port, record));
  });
  ours = await tryAll(REQUESTS, hop.port, recorder);
  await Promise.all(trials);
}, 120_000);
afterAll(() => stack.close());

function outcomeOf(id: string): Outcome {
  const outcome = ours.get(id);
  if (!outcome) throw new Error(`${id} was not tried`);
  return outcome;
}

/** How many requests the sender of an attack means, by anybody's reading, where it means any. */
function meant(attack: Attack): number {
  return bytesOf(attack).match(/^\w+ \S*\/c\//gm)?.length ?? 1;
}

describe('of the published attacks on the framing of requests', () => {
  it('each ends as the table says', async () => {
    const lines = REQUESTS.map(({ id }) => `${id.padEnd(34)} ${describeOutcome(outcomeOf(id))}\n`);
    await expect(lines.join('')).toMatchFileSnapshot('requests.txt');
  });

  it('none reaches the service as something that is no request', () => {
    expect(recorder.malformed).toEqual([]);
  });

  it('none becomes more requests than it is, and none uncovers what it hid', () => {
    const split = REQUESTS.filter((attack) => {
      const lines = outcomeOf(attack.id).forwarded.map(({ line }) => line);
      const own = lines.filter((line) => !line.includes('/after/'));
      return own.length > meant(attack) || lines.some((line) => line.includes('/smuggled/'));
    });
    expect(split.map(({ id }) => id)).toEqual([]);
    expect(recorder.requests.filter(({ line }) => line.includes('/smuggled/'))).toEqual([]);
  });

  it('what is forwarded can be read in one way only', () => {
    const flaws = recorder.requests.flatMap((one) => flawsOf(one));
    expect(flaws).toEqual([]);
    expect(recorder.requests.length).toBeGreaterThan(100);
  });

  it('none is forwarded that two of nginx, HAProxy and Envoy refuse, but for the listed ones', () => {
    const names = [...judged.keys()];
    process.stdout.write(`judges: ${names.join(', ') || 'none is on this machine'}\n`);
    if (process.env['CI'] === 'true') {
      expect(names).toEqual(expect.arrayContaining(['nginx', 'HAProxy']));
    }
    const deviating = REQUESTS.filter(({ id }) => {
      if (isRefused(outcomeOf(id))) return false;
      const refusing = [...judged.values()].filter((peer) => isRefused(peer.get(id) as Outcome));
      return refusing.length >= 2 && !(id in DEVIATIONS);
    });
    expect(deviating.map(({ id }) => id)).toEqual([]);
  });
});
