/**
 * The engine's token: who has it can start programs. A tab keeps it for itself, for as long as it is
 * open, and gives it to other tabs of the same address that ask, so that links lead somewhere. When the
 * last tab is closed it is gone.
 *
 * Not in `localStorage`, which outlives the tab on disk, for whoever serves at this address next. And
 * not in a cookie: those know no ports (RFC 6265 §8.5), so that every server on this machine that the
 * browser visits would be told it, services of the mesh included. Storage and channels belong to one
 * port.
 */

export interface TokenChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export interface TokenKeeperOptions {
  /** Of this tab alone. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** To other tabs of this origin. */
  readonly channel: TokenChannel;
  /** Whether the token has opened the engine: no other is given away. */
  isGood(): boolean;
  wait(ms: number): Promise<void>;
}

const KEY = 'faultline-token';
/** Tabs answer at once; one that is asleep may take a moment, in milliseconds. */
const PATIENCE = 400;
const ASK = 'ask for the token';

export class TokenKeeper {
  readonly #options: TokenKeeperOptions;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
    options.channel.addEventListener('message', ({ data }) => {
      if (data === ASK && this.own !== '' && options.isGood()) {
        options.channel.postMessage({ token: this.own });
      }
    });
  }

  /** Empty: this tab has none. */
  get own(): string {
    return this.#options.storage.getItem(KEY) ?? '';
  }

  /** Takes it out of the part of an address behind the `#`; returns what is left of that. */
  takeFrom(hash: string): string {
    const given = /[#?&]token=([^&]*)/.exec(hash);
    if (!given) return hash;
    this.#options.storage.setItem(KEY, decodeURIComponent(given[1] ?? ''));
    const left = hash.replace(given[0], '');
    return left.length > 1 ? left : '';
  }

  /** Asks the other tabs, and keeps what the first of them says; empty: none has it. */
  async askOthers(): Promise<string> {
    const { channel, storage, wait } = this.#options;
    let found = '';
    let answered = (): void => undefined;
    const answer = new Promise<void>((resolve) => (answered = resolve));
    const listen = ({ data }: { readonly data: unknown }): void => {
      const { token } = (data ?? {}) as { token?: unknown };
      if (typeof token !== 'string' || token === '') return;
      found = token;
      answered();
    };
    channel.addEventListener('message', listen);
    channel.postMessage(ASK);
    await Promise.race([answer, wait(PATIENCE)]);
    channel.removeEventListener('message', listen);
    if (found !== '') storage.setItem(KEY, found);
    return found;
  }
}
