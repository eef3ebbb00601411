/** Keeps a connection to the engine, whatever happens, and is the one way to ask it for something. */
import type { Method, Params, Result } from '../../src-main/api/contract/index.ts';
import { showToast } from '../app/toasts.ts';
import { Client } from './client.ts';
import { engineStore, takeDeltas } from './store.ts';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;
const TOKEN_KEY = 'faultline-token';

let client: Client | undefined;
let wait = FIRST_WAIT;

/**
 * The token came behind the `#`, by itself or behind a route; it is taken out of sight, and kept for
 * other tabs of this address, so that links lead somewhere. It is good for as long as the engine runs.
 */
function readToken(): string {
  const given = /[#?&]token=([^&]*)/.exec(location.hash);
  if (given) {
    keepToken(decodeURIComponent(given[1] ?? ''));
    const route = location.hash.replace(given[0], '');
    history.replaceState(null, '', location.pathname + (route.length > 1 ? route : ''));
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? localStorage.getItem(TOKEN_KEY) ?? '';
}

function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token);
  localStorage.setItem(TOKEN_KEY, token);
}

/** Connects, and goes on trying for as long as the page is open. */
export function connect(): void {
  const url = `ws://${location.host}/rpc?token=${encodeURIComponent(readToken())}`;
  const opened = new Client(url, {
    onOpen: () => void subscribe(opened),
    onDeltas: takeDeltas,
    onGarbled,
    onClosed: () => {
      client = undefined;
      engineStore.setState({ connection: 'lost' });
      setTimeout(connect, wait);
      wait = Math.min(LONGEST_WAIT, wait * 2);
    },
  });
  client = opened;
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
