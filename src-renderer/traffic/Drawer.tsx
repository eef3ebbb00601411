/** Requests below the graph: the list, and the trace that is open. */
import { ChevronDown, ChevronUp, Crosshair, Pause, Play, X } from 'lucide-react';
import { useEffect } from 'react';
import { toggleDrawer, uiStore, useUi } from '../app/ui-store.ts';
import type { Selection } from '../app/ui-store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Drawer.module.css';
import { CaptureMenu } from './capture/CaptureMenu.tsx';
import { DrawerEdge } from './DrawerEdge.tsx';
import { FilterField } from './FilterField.tsx';
import type { FeedView } from './request-feed.ts';
import { Marked } from './Marked.tsx';
import { usePane } from './pane-store.ts';
import { RequestList } from './RequestList.tsx';
import { TracePane } from './TracePane.tsx';
import { useDrawerHeight } from './use-drawer-height.ts';
import { useHold } from './use-hold.ts';
import type { Hold } from './use-hold.ts';
import { useKnownValues, useRequests } from './use-requests.ts';

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
      <span className={styles.buttons}>
        <IconButton label="Show requests" icon={ChevronUp} onClick={toggleDrawer} />
      </span>
    </header>
  );
}

const NOTHING: Selection = { kind: 'none' };

function OpenDrawer() {
  const trace = useUi((ui) => ui.trace);
  const selection = useUi(({ listFollows, selection: chosen }) => (listFollows ? chosen : NOTHING));
  const text = useUi((ui) => ui.requestFilter);
  const { feed, view, problems } = useRequests(text, selection);
  const known = useKnownValues(view);
  const isWide = usePane((pane) => pane.isWide);
  const control = useHold();
  const { height, setHeight } = useDrawerHeight();
  const { hold } = control;
  useEffect(() => feed.hold(hold !== undefined), [feed, hold]);
  return (
    <>
      <DrawerEdge height={height} onHeight={setHeight} />
      <header className={styles.head}>
        <h2>Requests</h2>
        <FilterField
          text={text}
          problems={problems}
          known={known}
          onChange={(requestFilter) => uiStore.setState({ requestFilter })}
        />
        <Follows />
        <Count view={view} hold={hold} isNarrowed={feed.filter !== ''} />
        <CaptureMenu />
        <span className={styles.buttons}>
          <Marked filter={feed.filter} />
          <IconButton
            label={hold === 'paused' ? 'Go on live' : 'Pause the list'}
            icon={hold === 'paused' ? Play : Pause}
            testId="pause-requests"
            onClick={control.togglePause}
          />
          <IconButton label="Hide requests" icon={ChevronDown} onClick={toggleDrawer} />
        </span>
      </header>
      <div
        className={styles.body}
        style={{ height }}
        data-split={trace === undefined ? undefined : isWide ? 'wide' : 'both'}
      >
        <RequestList
          view={view}
          control={control}
          empty={emptyText(view, feed.filter !== '')}
          onOlder={() => void feed.loadOlder()}
        />
        {trace !== undefined && <TracePane key={trace} traceId={trace} />}
      </div>
    </>
  );
}

/** The list follows what is selected, until one does not want it to. */
function Follows() {
  const selection = useUi((ui) => ui.selection);
  const follows = useUi((ui) => ui.listFollows);
  // The path of a trace is looked at; its one line is not what the list is for.
  if (selection.kind !== 'service' && selection.kind !== 'edge') return null;
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
      <Crosshair size={12} aria-hidden />
      <span>{`through ${what}`}</span>
      {follows && <X size={12} aria-hidden />}
    </button>
  );
}

interface CountProps {
  readonly view: FeedView;
  readonly hold: Hold;
  readonly isNarrowed: boolean;
}

function Count({
  view: { items, hasOlder, kept, isSearching, error },
  hold,
  isNarrowed,
}: CountProps) {
  const total = `${kept.toLocaleString('en')} kept`;
  const found = `${items.length.toLocaleString('en')}${hasOlder ? '+' : ''} of ${total}`;
  return (
    <span className={`${styles.count} num`} data-testid="request-count">
      {error ?? (isNarrowed ? found : total)}
      <i data-live={hold === undefined || undefined}>
        {isSearching ? 'searching…' : HOLDS[hold ?? 'live']}
      </i>
    </span>
  );
}

const HOLDS = { live: 'live', paused: 'paused', looking: 'held while you look' };

function emptyText({ kept, isSearching }: FeedView, isNarrowed: boolean): string {
  if (isSearching) return 'Searching…';
  if (kept === 0) return 'No requests yet. Send one to the gateway, or let visitors come.';
  return isNarrowed ? 'None of the requests that are kept fits.' : '';
}
