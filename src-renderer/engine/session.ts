/** Keeps a connection to the engine, whatever happens, and is the one way to ask it for something. */
import type { Method, Params, Result } from '../../src-main/api/contract/index.ts';
import { showToast } from '../app/toasts.ts';
import { Client } from './client.ts';
import { engineStore, takeDeltas } from './store.ts';
import { TokenKeeper } from './token.ts';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;

const keeper = new TokenKeeper({
  storage: sessionStorage,
  channel: new BroadcastChannel('faultline'),
  isGood: () => engineStore.getState().connection === 'open',
  wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
});

let client: Client | undefined;
let wait = FIRST_WAIT;

/** Connects, and goes on trying for as long as the page is open. */
export function connect(): void {
  const left = keeper.takeFrom(location.hash);
  if (left !== location.hash) history.replaceState(null, '', location.pathname + left);
  // Where a version before this one has kept it.
  localStorage.removeItem('faultline-token');
  void open();
}

/** With the token of this tab; where that has not opened the engine, another tab may have a newer one. */
async function open(): Promise<void> {
  const isTried = engineStore.getState().connection !== 'connecting';
  if (keeper.own === '' || isTried) await keeper.askOthers();
  if (keeper.own === '') {
    engineStore.setState({ connection: 'locked' });
    later();
    return;
  }
  const url = `ws://${location.host}/rpc?token=${encodeURIComponent(keeper.own)}`;
  const opened = new Client(url, {
    onOpen: () => void subscribe(opened),
    onDeltas: takeDeltas,
    onGarbled,
    onClosed: () => {
      client = undefined;
      engineStore.setState({ connection: 'lost' });
      later();
    },
  });
  client = opened;
}

function later(): void {
  setTimeout(() => void open(), wait);
  wait = Math.min(LONGEST_WAIT, wait * 2);
}

function onGarbled({ message }: Error): void {
  showToast('error', `The engine was not understood: ${message}`);
}

async function subscribe(opened: Client): Promise<void> {
  try {
    const state = await opened.call('subscribe', {});
    wait = FIRST_WAIT;
    engineStore.setState({ state, connection: 'open' });
  } catch (error) {
    // Without a state there is nothing to show: closed, it is tried again.
    if (client === opened) onGarbled(error instanceof Error ? error : new Error(String(error)));
    opened.close();
  }
}

/** @throws EngineError where the engine refuses, Error where it is not reachable */
export function ask<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
  return client
    ? client.call(method, params)
    : Promise.reject(new Error('the engine is not reachable'));
}
