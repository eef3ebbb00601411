/** The feed of requests, and what is typed to narrow it. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { parseFilter } from '../../src-main/api/contract/index.ts';
import type { FilterProblem } from '../../src-main/api/contract/index.ts';
import type { Selection } from '../app/ui-store.ts';
import { ask } from '../engine/session.ts';
import { followRequests, useConnection, useEngine } from '../engine/store.ts';
import type { KnownValues } from './filter-completion.ts';
import { RequestFeed } from './request-feed.ts';
import type { FeedView } from './request-feed.ts';

export interface Requests {
  readonly feed: RequestFeed;
  readonly view: FeedView;
  readonly problems: readonly FilterProblem[];
}

/** Milliseconds between two keys of somebody who types on. */
const TYPING = 120;

/** One for the app: what was loaded is there again when the drawer is opened again. */
const feed = new RequestFeed((query) => ask('requests', query));

/** What the list is narrowed by, what it follows included. */
export function listFilter(): string {
  return feed.filter;
}

export function useRequests(text: string, selection: Selection): Requests {
  const { problems } = useMemo(() => parseFilter(text), [text]);
  const wanted = useMemo(() => filterOf(text, selection), [text, selection]);
  const view = useSyncExternalStore(feed.subscribe, () => feed.view);
  const connection = useConnection();
  useEffect(() => {
    // What is half typed changes nothing; after a lost connection it begins anew.
    if (wanted === undefined || connection !== 'open') return undefined;
    const typing = setTimeout(() => void feed.setFilter(wanted), TYPING);
    return () => clearTimeout(typing);
  }, [wanted, connection]);
  useEffect(() => followRequests(({ removed }) => feed.poke(removed)), []);
  return { feed, view, problems };
}

/** The filter that the engine is asked with; undefined where the text cannot be understood. */
function filterOf(text: string, selection: Selection): string | undefined {
  if (parseFilter(text).problems.length > 0) return undefined;
  return [text.trim(), ...termsOf(selection)].filter(Boolean).join(' ');
}

/** Went through what is selected: the service, or both ends of the edge. */
export function termsOf(selection: Selection): string[] {
  if (selection.kind === 'service') return [`service:${selection.name}`];
  if (selection.kind !== 'edge') return [];
  return [`service:${selection.from}`, `service:${selection.to}`];
}

/** What the filter can be completed with. */
export function useKnownValues(view: FeedView): KnownValues {
  const mesh = useEngine(({ document }) => document.mesh);
  const [seen, setSeen] = useState<KnownValues>({});
  const { items } = view;
  useEffect(() => {
    const some = items.slice(0, 300);
    setSeen({
      path: [...new Set(some.map(({ path }) => path.replace(/\?.*/, '*')))],
      method: [...new Set(some.map(({ method }) => method))],
      failure: [...new Set(some.map(({ failure }) => failure))],
      trace: [...new Set(some.map(({ traceId }) => traceId.slice(0, 8)))],
    });
  }, [items]);
  return useMemo(() => {
    const services = mesh.services.map(({ name }) => name);
    return {
      ...seen,
      service: ['gateway', ...services],
      from: ['gateway', ...services],
      to: services,
      fault: ['*', ...mesh.faults.map(({ name }) => name)],
    };
  }, [mesh, seen]);
}
