/** Requests below the graph: the list, and the waterfall of the one that is open. */
import { ChevronDown, ChevronUp, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';
import { toggleDrawer, useUi } from '../app/ui-store.ts';
import { useEngine } from '../engine/store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Drawer.module.css';
import { fitsFilter } from './filter.ts';
import { RequestList } from './RequestList.tsx';
import { Waterfall } from './Waterfall.tsx';

export function Drawer() {
  const open = useUi((ui) => ui.drawerOpen);
  const trace = useUi((ui) => ui.trace);
  const [filter, setFilter] = useState('');
  const [frozen, setFrozen] = useState<RequestSummary[]>();
  const live = useEngine((state) => state.requests);
  const shown = frozen ?? live;
  const found = shown.filter((request) => fitsFilter(request, filter)).reverse();
  return (
    <section className={styles.drawer} data-open={open || undefined} aria-label="Requests">
      <header className={styles.head}>
        <h2>Requests</h2>
        {open && (
          <input
            type="search"
            className={styles.filter}
            placeholder="Filter: service, path, 5xx, failed, injected…"
            aria-label="Filter requests"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
        )}
        {open && (
          <span
            className={`${styles.count} num`}
          >{`${found.length} of the last ${shown.length}`}</span>
        )}
        {open && (
          <IconButton
            label={frozen ? 'Go on live' : 'Pause'}
            icon={frozen ? Play : Pause}
            onClick={() => setFrozen(frozen ? undefined : [...live])}
          />
        )}
        <IconButton
          label={open ? 'Hide requests' : 'Show requests'}
          icon={open ? ChevronDown : ChevronUp}
          onClick={toggleDrawer}
        />
      </header>
      {open && (
        <div className={styles.body} data-split={trace !== undefined || undefined}>
          <RequestList requests={found} />
          {trace !== undefined && <Waterfall key={trace} traceId={trace} />}
        </div>
      )}
    </section>
  );
}
