/** Requests below the graph: the list, and the waterfall of the one that is open. */
import { ChevronDown, ChevronUp, Filter, Pause, Play, X } from 'lucide-react';
import { useState } from 'react';
import { toggleDrawer, uiStore, useUi } from '../app/ui-store.ts';
import type { Selection } from '../app/ui-store.ts';
import { useEngine } from '../engine/store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Drawer.module.css';
import { fitsFilter, wentThrough } from './filter.ts';
import { RequestList } from './RequestList.tsx';
import { useHeld } from './use-held.ts';
import type { HeldList } from './use-held.ts';
import { Waterfall } from './Waterfall.tsx';

export function Drawer() {
  const open = useUi((ui) => ui.drawerOpen);
  return (
    <section className={styles.drawer} data-open={open || undefined} aria-label="Requests">
      {open ? <OpenDrawer /> : <ClosedDrawer />}
    </section>
  );
}

function ClosedDrawer() {
  return (
    <header className={styles.head}>
      <h2>Requests</h2>
      <IconButton label="Show requests" icon={ChevronUp} onClick={toggleDrawer} />
    </header>
  );
}

function OpenDrawer() {
  const trace = useUi((ui) => ui.trace);
  const selection = useUi(({ listFollows, selection: { kind }, selection: chosen }) =>
    listFollows && kind !== 'trace' ? chosen : NOTHING,
  );
  const [filter, setFilter] = useState('');
  const list = useHeld(useEngine((state) => state.requests));
  const found = list.shown
    .filter((request) => wentThrough(request, selection) && fitsFilter(request, filter))
    .reverse();
  return (
    <>
      <header className={styles.head}>
        <h2>Requests</h2>
        <input
          type="search"
          className={styles.filter}
          placeholder="Filter: service, path, 5xx, failed, injected…"
          aria-label="Filter requests"
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <Follows />
        <span className={`${styles.count} num`}>
          {`${found.length} of the last ${list.shown.length}`}
          <Held list={list} />
        </span>
        <span className={styles.buttons}>
          <IconButton
            label={list.held === 'paused' ? 'Go on live' : 'Pause'}
            icon={list.held === 'paused' ? Play : Pause}
            onClick={list.togglePause}
          />
          <IconButton label="Hide requests" icon={ChevronDown} onClick={toggleDrawer} />
        </span>
      </header>
      <div className={styles.body} data-split={trace !== undefined || undefined}>
        <RequestList
          requests={found}
          empty={emptyText(list.shown.length, selection, filter)}
          onLook={list.look}
          onLookAway={list.lookAway}
        />
        {trace !== undefined && <Waterfall key={trace} traceId={trace} />}
      </div>
    </>
  );
}

const NOTHING: Selection = { kind: 'none' };

/** The list follows what is selected, until one does not want it to. */
function Follows() {
  const selection = useUi((ui) => ui.selection);
  const follows = useUi((ui) => ui.listFollows);
  // The path of a trace is looked at; its one line is not what the list is for.
  if (selection.kind === 'none' || selection.kind === 'trace') return null;
  const what =
    selection.kind === 'service' ? selection.name : `${selection.from} → ${selection.to}`;
  return (
    <button
      type="button"
      className={styles.follows}
      aria-pressed={follows}
      title={follows ? 'Show all requests' : `Show only requests through ${what}`}
      onClick={() => uiStore.setState({ listFollows: !follows })}
    >
      <Filter size={12} aria-hidden />
      <span>{`through ${what}`}</span>
      {follows && <X size={12} aria-hidden />}
    </button>
  );
}

function Held({ list: { held, newer } }: { list: HeldList }) {
  if (!held) return null;
  const since = newer === 0 ? '' : `, ${newer} newer`;
  return <i>{held === 'paused' ? ` · paused${since}` : ` · held while you look${since}`}</i>;
}

function emptyText(known: number, selection: Selection, filter: string): string {
  if (known === 0) return 'No requests yet. Send one to the gateway, or let visitors come.';
  if (filter.trim() !== '') return 'None of the last requests fits the filter.';
  return selection.kind === 'none' ? '' : 'None of the last requests went through here.';
}
