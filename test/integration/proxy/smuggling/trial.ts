/** The corpus, sent through one proxy, and what became of each attack. */
import { eventually } from '../../../support/eventually.ts';
import { rawClient } from '../../../support/raw-client.ts';
import { bytesOf, markOf } from './corpus/all.ts';
import type { Attack } from './corpus/attack.ts';
import type { Recorder } from './recorder.ts';
import type { Forwarded } from './strict-reader.ts';

export interface Outcome {
  /** Of each answer that the attacker got. */
  readonly statuses: readonly number[];
  /** Complete requests that reached the service. */
  readonly forwarded: readonly Forwarded[];
  /** What reached the service without being a request. */
  readonly malformed: readonly string[];
}

const AT_ONCE = 16;

/** Behind each attack, on the same connection: shows where the proxy saw the attack end. */
const AFTER = 'GET /after/{id} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

export async function tryAll(
  attacks: readonly Attack[],
  port: number,
  recorder: Recorder,
): Promise<Map<string, Outcome>> {
  const answers = new Map<string, number[]>();
  const waiting = [...attacks];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      answers.set(one.id, await attempt(one, port));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return new Map(attacks.map((one) => [one.id, outcome(one, answers.get(one.id) ?? [], recorder)]));
}

async function attempt(attack: Attack, port: number): Promise<number[]> {
  const client = await rawClient(port);
  client.send(bytesOf(attack) + AFTER.replace('{id}', markOf(attack)));
  await eventually(() => client.closed(), { within: 15_000 });
  const lines = client.received().matchAll(/^HTTP\/1\.[01] (\d{3})/gm);
  return [...lines].map(([, status]) => Number(status));
}

function outcome(attack: Attack, statuses: number[], recorder: Recorder): Outcome {
  const mark = `/${markOf(attack)}`;
  return {
    statuses,
    forwarded: recorder.requests.filter(({ raw }) => raw.includes(mark)),
    malformed: recorder.malformed.filter((text) => text.includes(mark)),
  };
}

/** Nothing of the attack itself reached the service as something to answer. */
export function isRefused({ forwarded, malformed }: Outcome): boolean {
  return malformed.length === 0 && !forwarded.some(({ line }) => !line.includes(' /after/'));
}

/** One line for the table. */
export function describeOutcome({ statuses, forwarded, malformed }: Outcome): string {
  const requests = forwarded.map(({ line, body }) => {
    const [method = '', target = ''] = line.split(' ');
    const short = target.length > 40 ? `${target.slice(0, 40)}…` : target;
    const text = body.length > 20 ? `${body.length} bytes` : JSON.stringify(body);
    return `${method.slice(0, 12)} ${short}${body === '' ? '' : ` ${text}`}`;
  });
  const broken = malformed.length > 0 ? ' MALFORMED' : '';
  return `${statuses.join(' ') || 'closed'}${requests.length > 0 ? ` ← ${requests.join(', ')}` : ''}${broken}`;
}
