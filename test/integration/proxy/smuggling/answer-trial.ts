/** The corpus of answers, sent by a service through one proxy, and what its callers got. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Closable } from '../../../../src-main/base/disposable.ts';
import { eventually } from '../../../support/eventually.ts';
import { rawClient } from '../../../support/raw-client.ts';
import type { RawClient } from '../../../support/raw-client.ts';
import type { EvilAnswer } from './corpus/answers.ts';
import { readAnswer } from './strict-answers.ts';
import type { AnswerRead } from './strict-answers.ts';

/** What a service that means well answers to `/after/<id>`. */
export const AFTER = 'after';
const GOOD = `HTTP/1.1 200 OK\r\nContent-Length: ${AFTER.length}\r\n\r\n${AFTER}`;

const PATIENCE = { within: 15_000, every: 3 };

export interface EvilService extends Closable {
  readonly port: number;
  /** Of connections that the service has ended and that the proxy has let go of, too. */
  readonly gone: ReadonlySet<string>;
}

/** Answers `/evil/<id>` with the attack of that id. */
export async function startEvilService(attacks: readonly EvilAnswer[]): Promise<EvilService> {
  const byId = new Map(attacks.map((one) => [one.id, one]));
  const sockets = new Set<Socket>();
  const gone = new Set<string>();
  const server = createServer((socket) => {
    let text = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!text.endsWith('\r\n\r\n')) return;
      const attack = byId.get(/ \/evil\/(\S+) /.exec(text)?.[1] ?? '');
      text = '';
      if (!attack) return void socket.write(GOOD);
      const bytes = Buffer.from(attack.bytes, 'latin1');
      if (attack.keeps) return void socket.write(bytes);
      socket.end(bytes);
      socket.on('close', () => gone.add(attack.id));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    gone,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

export interface AnswerOutcome {
  /** What the caller got of the attack. */
  readonly evil: AnswerRead;
  /** What it got for the request behind it. */
  readonly after: AnswerRead;
  /** Bytes that came behind an answer without having been asked for. */
  readonly surplus: string;
}

export async function tryAnswers(
  attacks: readonly EvilAnswer[],
  port: number,
  gone: ReadonlySet<string>,
): Promise<Map<string, AnswerOutcome>> {
  const outcomes = new Map<string, AnswerOutcome>();
  // One after the other: at the same time, some would be sent on a connection that another has ended.
  for (const one of attacks) outcomes.set(one.id, await attempt(one, port, gone));
  return outcomes;
}

async function attempt(
  { id, method, keeps }: EvilAnswer,
  port: number,
  gone: ReadonlySet<string>,
): Promise<AnswerOutcome> {
  const first = await rawClient(port);
  const evil = await ask(first, `/evil/${id}`, method, 0);
  const used = evil.kind === 'whole' ? first.received().length : 0;
  const stays = evil.kind === 'whole' && !first.closed();
  // A proxy that has not heard yet of the connection's end could send the next request into it.
  if (!keeps) await eventually(() => gone.has(id), PATIENCE);
  const second = stays ? first : await rawClient(port);
  const from = stays ? evilLength(evil, first.received()) : 0;
  const after = await ask(second, `/after/${id}`, 'GET', from);
  const surplus = stays ? first.received().slice(from, used) : '';
  first.close();
  second.close();
  return { evil, after, surplus };
}

/** Where the attack's answer ends in what came. */
function evilLength(evil: AnswerRead, text: string): number {
  return evil.kind === 'whole' ? text.indexOf(evil.answer.raw) + evil.answer.raw.length : 0;
}

async function ask(
  client: RawClient,
  path: string,
  method: string,
  from: number,
): Promise<AnswerRead> {
  client.send(`${method} ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  let read: AnswerRead = { kind: 'part' };
  await eventually(() => {
    const closed = client.closed();
    read = readAnswer(client.received().slice(from), method, closed);
    if (read.kind === 'part' && !closed) throw new Error(`no end of the answer to ${path}`);
  }, PATIENCE);
  return read;
}

/** The caller was not given it as the service's answer. */
export function isWithheld({ evil }: AnswerOutcome): boolean {
  return (
    evil.kind === 'part' ||
    (evil.kind === 'whole' && evil.answer.status >= 500 && evil.answer.status < 600)
  );
}

/** One line for the table. */
export function describeAnswer({ evil, after }: AnswerOutcome): string {
  const next = after.kind === 'whole' ? `${after.answer.status}` : after.kind;
  if (evil.kind !== 'whole')
    return `${evil.kind === 'part' ? 'cut off' : 'MALFORMED'}, then ${next}`;
  const { status, body } = evil.answer;
  const text =
    isWithheld({ evil, after, surplus: '' }) || body === ''
      ? ''
      : ` ${JSON.stringify(body.slice(0, 20))}`;
  const interim = evil.interim > 0 ? `${evil.interim} interim, ` : '';
  return `${interim}${status}${text}, then ${next}`;
}
