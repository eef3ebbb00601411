import { beforeEach, describe, expect, it } from 'vitest';
import { RpcFailure } from '../../../src-main/api/rpc-failure.ts';
import type { Handlers } from '../../../src-main/api/rpc.ts';
import { writeDeltas } from '../../../src-main/api/rpc.ts';
import { Session } from '../../../src-main/api/session.ts';
import type { SessionSocket } from '../../../src-main/api/session.ts';
import { handlers } from '../../support/handlers.ts';
import { sampleState } from '../../support/state.ts';

/** A socket whose other end reads only when the test says so. */
class SlowSocket implements SessionSocket {
  readonly sent: unknown[] = [];
  readonly did: string[] = [];
  bufferedAmount = 0;
  #pending: (() => void)[] = [];

  send(text: string, sent: () => void): void {
    this.sent.push(JSON.parse(text));
    this.bufferedAmount += text.length;
    this.#pending.push(sent);
  }

  /** The other end reads all there is. */
  drain(): void {
    this.bufferedAmount = 0;
    for (const sent of this.#pending.splice(0)) sent();
  }

  ping = (): unknown => this.did.push('ping');
  pause = (): unknown => this.did.push('pause');
  resume = (): unknown => this.did.push('resume');
  terminate = (): unknown => this.did.push('terminate');
  close = (code: number): unknown => this.did.push(`close ${code}`);
}

const MOST_BUFFERED = 10_000;
const tick = (at: number): string => writeDeltas([{ kind: 'tick', at, edges: [], nodes: [] }]);
const call = (method: string, params: unknown = {}): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

let socket: SlowSocket;
let errors: unknown[];

beforeEach(() => {
  socket = new SlowSocket();
  errors = [];
});

function session(given: Partial<Handlers> = {}): Session {
  const onError = (error: unknown): void => void errors.push(error);
  return new Session(socket, { handlers: handlers(given), mostBuffered: MOST_BUFFERED, onError });
}

describe('a session', () => {
  it('gets no delta before it has subscribed', () => {
    session().follow(tick(1));
    expect(socket.sent).toEqual([]);
  });

  it('gets the state first, then each delta once', () => {
    const one = session();
    one.receive(call('subscribe'));
    one.follow(tick(1));
    expect(socket.sent).toMatchObject([
      { id: 1, result: { document: { version: 1 } } },
      { method: 'delta', params: { deltas: [{ kind: 'tick', at: 1 }] } },
    ]);
  });

  it('loses no delta that is told while its state is being read', () => {
    const one: Session = session({
      subscribe() {
        one.follow(tick(1)); // Already part of the state: must not come again.
        return sampleState();
      },
    });
    one.receive(call('subscribe'));
    one.follow(tick(2));
    expect(socket.sent).toHaveLength(2);
    expect(socket.sent[1]).toMatchObject({ params: { deltas: [{ at: 2 }] } });
  });

  it('answers with what a handler refuses', async () => {
    const refuse = (): never => {
      throw new RpcFailure(-32001, 'stale', { version: 4 });
    };
    session({ undo: refuse }).receive(call('undo'));
    await Promise.resolve();
    expect(socket.sent).toMatchObject([{ error: { code: -32001, data: { version: 4 } } }]);
    expect(errors).toEqual([]);
  });

  it('reports a handler that breaks, and answers all the same', async () => {
    const broken = new TypeError('broken');
    session({ undo: () => Promise.reject(broken) }).receive(call('undo'));
    await new Promise(setImmediate);
    expect(socket.sent).toMatchObject([{ error: { code: -32603 } }]);
    expect(errors).toEqual([broken]);
  });

  it('reports a result against the contract, and does not send it', async () => {
    session({ undo: () => ({ version: 0.5 }) }).receive(call('undo'));
    await new Promise(setImmediate);
    expect(socket.sent).toMatchObject([{ error: { code: -32603 } }]);
    expect(errors).toHaveLength(1);
  });

  it('does not answer a call that wants no answer, but makes it', async () => {
    let undone = 0;
    const undo = (): { version: number } => ({ version: ++undone });
    session({ undo }).receive('{"jsonrpc":"2.0","method":"undo"}');
    await new Promise(setImmediate);
    expect(undone).toBe(1);
    expect(socket.sent).toEqual([]);
  });
});

describe('a session that reads slowly', () => {
  it('is spared the deltas and gets the whole state once it has caught up', () => {
    let version = 1;
    const subscribe = () => {
      const state = sampleState();
      return { ...state, document: { ...state.document, version } };
    };
    const one = session({ subscribe });
    one.receive(call('subscribe'));
    for (let at = 0; at < 1000; at++) one.follow(tick(at));
    const queued = socket.sent.length;
    expect(queued).toBeLessThan(300);
    version = 2;
    socket.drain();
    expect(socket.sent).toHaveLength(queued + 1);
    expect(socket.sent.at(-1)).toMatchObject({
      method: 'delta',
      params: { deltas: [{ kind: 'state', state: { document: { version: 2 } } }] },
    });
    one.follow(tick(1001));
    expect(socket.sent.at(-1)).toMatchObject({ params: { deltas: [{ at: 1001 }] } });
  });

  it('may not ask more until it has read its answers', () => {
    const one = session({ subscribe: () => sampleState('x'.repeat(MOST_BUFFERED)) });
    one.receive(call('subscribe'));
    expect(socket.did).toEqual(['pause']);
    socket.drain();
    expect(socket.did).toEqual(['pause', 'resume']);
  });

  it('is closed where its state cannot be told', () => {
    let broken = false;
    const one = session({
      subscribe() {
        if (broken) throw new Error('broken');
        return sampleState();
      },
    });
    one.receive(call('subscribe'));
    for (let at = 0; at < 1000; at++) one.follow(tick(at));
    broken = true;
    socket.drain();
    expect(socket.did).toContain('close 1011');
    expect(errors).toHaveLength(1);
  });
});

describe('the heartbeat', () => {
  it('ends a session that gives no sign of life from one beat to the next', () => {
    const one = session();
    one.beat();
    one.heard();
    one.beat();
    expect(socket.did).toEqual(['ping', 'ping']);
    one.beat();
    expect(socket.did).toEqual(['ping', 'ping', 'terminate']);
  });
});
