/**
 * The requests that the list shows: pages of what the engine keeps, newest first. Live, new ones come
 * in at the top; held, they are only counted. No React here.
 */
import type { RequestSummary, Result } from '../../src-main/api/contract/index.ts';

export interface FeedView {
  /** Newest first. */
  readonly items: readonly RequestSummary[];
  readonly isHeld: boolean;
  /** That fit and have come since it is held. */
  readonly newer: number;
  /** More may fit than the items that are here. */
  readonly hasOlder: boolean;
  /** The engine is being asked. */
  readonly isSearching: boolean;
  /** Requests that the engine keeps, whether they fit or not. */
  readonly kept: number;
  readonly error: string | undefined;
}

interface Query {
  readonly filter: string;
  readonly before?: number;
  readonly after?: number;
  readonly limit: number;
}
export type AskRequests = (query: Query) => Promise<Result<'requests'>>;

/** Lines of one page. */
const PAGE = 200;
/** While it is live, what is far down is let go of: it comes again when somebody scrolls there. */
const MOST_LIVE = 1000;

const EMPTY: FeedView = {
  items: [],
  isHeld: false,
  newer: 0,
  hasOlder: false,
  isSearching: true,
  kept: 0,
  error: undefined,
};

export class RequestFeed {
  readonly #ask: AskRequests;
  readonly #listeners = new Set<() => void>();
  #view = EMPTY;
  #filter = '';
  /** Where older ones begin, by `before`. */
  #next: number | undefined;
  /** The newest that has been told of, whether it is shown or only counted. */
  #newest = 0;
  /** Rises when all that was asked before is of no use any more. */
  #round = 0;
  #isPolling = false;
  #isDue = false;

  constructor(ask: AskRequests) {
    this.#ask = ask;
  }

  get view(): FeedView {
    return this.#view;
  }

  get filter(): string {
    return this.#filter;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Begins anew with what fits; the filter must be one that can be understood. */
  async setFilter(filter: string): Promise<void> {
    this.#filter = filter;
    await this.#restart();
  }

  /** Stands still from now on, or goes on with what is newest. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#view.isHeld) return;
    const { newer } = this.#view;
    this.#show({ isHeld, newer: 0 });
    if (!isHeld && newer > 0) void this.#restart();
  }

  /** Requests have ended; `removed`: ids of some that are none any more. */
  poke(removed: readonly number[]): void {
    if (removed.length > 0) {
      this.#show({ items: this.#view.items.filter(({ id }) => !removed.includes(id)) });
    }
    if (this.#isPolling) this.#isDue = true;
    else void this.#poll();
  }

  /** Loads the page below, until it is full or everything has been looked at. */
  async loadOlder(): Promise<void> {
    if (this.#view.isSearching || this.#next === undefined) return;
    const round = this.#round;
    this.#show({ isSearching: true });
    const wanted = this.#view.items.length + PAGE;
    await this.#search(round, wanted);
  }

  async #restart(): Promise<void> {
    const round = ++this.#round;
    const { isHeld, kept } = this.#view;
    this.#view = { ...EMPTY, items: this.#view.items, isHeld, kept };
    this.#next = undefined;
    this.#show({});
    const page = await this.#get(round, { filter: this.#filter, limit: PAGE });
    if (!page) return;
    this.#newest = page.items[0]?.id ?? page.oldest + page.kept - 1;
    this.#take(page, []);
    await this.#search(round, PAGE);
  }

  async #search(round: number, wanted: number): Promise<void> {
    while (this.#next !== undefined && this.#view.items.length < wanted) {
      const query = { filter: this.#filter, before: this.#next, limit: PAGE };
      const page = await this.#get(round, query);
      if (!page) return;
      this.#take(page, this.#view.items);
    }
    this.#show({ isSearching: false });
  }

  /** Appends a page to what stands before it. */
  #take(page: Result<'requests'>, before: readonly RequestSummary[]): void {
    this.#next = page.next;
    this.#show({
      items: [...before, ...page.items],
      kept: page.kept,
      hasOlder: page.next !== undefined,
    });
  }

  /** What has come since. One question at a time, and another one where some came meanwhile. */
  async #poll(): Promise<void> {
    this.#isPolling = true;
    do {
      this.#isDue = false;
      await this.#pollOnce();
    } while (this.#isDue);
    this.#isPolling = false;
  }

  async #pollOnce(): Promise<void> {
    const round = this.#round;
    const { isHeld } = this.#view;
    const limit = isHeld ? 0 : PAGE;
    const after = this.#newest;
    const page = await this.#get(round, { filter: this.#filter, after, limit });
    // Meanwhile it may have begun anew: then there is nothing that this could be put on top of.
    if (!page || this.#view.isHeld !== isHeld || this.#newest !== after) return;
    if (isHeld) {
      // Counted from the newest that is shown, each time.
      this.#show({ newer: page.matched, kept: page.kept });
      return;
    }
    this.#newest = page.oldest + page.kept - 1;
    // More than a page at once: what lies between is there for whoever scrolls down.
    const isGap = page.matched > page.items.length || page.next !== undefined;
    const below = isGap ? [] : this.#view.items;
    const items = [...page.items, ...below].slice(0, MOST_LIVE);
    const last = items.at(-1);
    const isCut = isGap || items.length < page.items.length + below.length;
    if (isCut && last) this.#next = last.id;
    this.#show({ items, kept: page.kept, hasOlder: this.#next !== undefined });
  }

  /** Undefined where the answer is not wanted any more, or there is none. */
  async #get(round: number, query: Query): Promise<Result<'requests'> | undefined> {
    try {
      const page = await this.#ask(query);
      if (round !== this.#round) return undefined;
      if (this.#view.error !== undefined) this.#show({ error: undefined });
      return page;
    } catch (error) {
      const { message } = error as Error;
      if (round === this.#round) this.#show({ error: message, isSearching: false });
      return undefined;
    }
  }

  #show(changes: Partial<FeedView>): void {
    this.#view = { ...this.#view, ...changes };
    for (const listener of this.#listeners) listener();
  }
}
