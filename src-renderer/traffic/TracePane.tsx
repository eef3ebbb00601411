/** The trace that is open, beside the list: where its time went, and its messages. */
import { Columns2, Copy, Download, Maximize2, Minimize2, Waypoints, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TraceView } from '../../src-main/api/contract/index.ts';
import { showToast } from '../app/toasts.ts';
import { openTrace, select } from '../app/ui-store.ts';
import { ask } from '../engine/session.ts';
import { formatMs } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { MessagesPane } from './messages/MessagesPane.tsx';
import { endComparison, paneStore, showTab, usePane } from './pane-store.ts';
import type { PaneTab } from './pane-store.ts';
import { saveTrace } from './save-har.ts';
import styles from './Waterfall.module.css';
import { TraceComparison } from './TraceComparison.tsx';
import { edgesOf } from './waterfall-model.ts';
import { Waterfall } from './Waterfall.tsx';

type Loaded = { readonly trace: TraceView } | { readonly error: string };

function useTrace(traceId: string | undefined): Loaded | undefined {
  const [loaded, setLoaded] = useState<{ of: string; is: Loaded }>();
  useEffect(() => {
    if (traceId === undefined) return;
    ask('trace', { traceId }).then(
      (trace) => setLoaded({ of: traceId, is: { trace } }),
      (error: Error) => setLoaded({ of: traceId, is: { error: error.message } }),
    );
  }, [traceId]);
  return loaded?.of === traceId ? loaded?.is : undefined;
}

export function TracePane({ traceId }: { traceId: string }) {
  const tab = usePane((pane) => pane.tab);
  const beside = usePane((pane) => pane.beside);
  const loaded = useTrace(traceId);
  const before = useTrace(beside?.of === traceId ? beside.traceId : undefined);
  const trace = loaded && 'trace' in loaded ? loaded.trace : undefined;
  const earlier = before && 'trace' in before ? before.trace : undefined;
  return (
    <div className={styles.waterfall} data-testid="waterfall">
      <Head traceId={traceId} trace={trace} />
      {loaded && 'error' in loaded && <p className={styles.error}>{loaded.error}</p>}
      {before && 'error' in before && (
        <p className={styles.error}>{`The trace before: ${before.error}`}</p>
      )}
      {trace && tab === 'timing' && !earlier && <Waterfall trace={trace} />}
      {trace && tab === 'timing' && earlier && <TraceComparison before={earlier} after={trace} />}
      {trace && tab === 'messages' && <MessagesPane trace={trace} before={earlier} />}
    </div>
  );
}

const TABS: Readonly<Record<PaneTab, string>> = { timing: 'Timing', messages: 'Messages' };

function Tabs() {
  const tab = usePane((pane) => pane.tab);
  return (
    <span className={styles.tabs} role="group" aria-label="What of the request is shown">
      {(Object.keys(TABS) as PaneTab[]).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === tab}
          data-testid={`pane-${one}`}
          onClick={() => showTab(one)}
        >
          {TABS[one]}
        </button>
      ))}
    </span>
  );
}

function Head({ traceId, trace }: { traceId: string; trace: TraceView | undefined }) {
  const isCompared = usePane((pane) => pane.beside !== undefined);
  const root = trace?.hops[0];
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(traceId);
    showToast('info', `The trace's id ${traceId} is copied.`);
  };
  return (
    <header className={styles.head}>
      <Tabs />
      <b title={root && `${root.method} ${root.path}`}>{root && `${root.method} ${root.path}`}</b>
      {trace && (
        <span className="num">{`${formatMs(trace.duration)} · ${trace.hops.length} hops`}</span>
      )}
      {isCompared && (
        <button type="button" className={styles.compared} onClick={endComparison}>
          <Columns2 size={12} aria-hidden />
          compared
          <X size={12} aria-label="End the comparison" />
        </button>
      )}
      <span className={styles.buttons}>
        {trace && (
          <IconButton
            label="Show its path in the graph"
            icon={Waypoints}
            testId="trace-in-graph"
            onClick={() => select({ kind: 'trace', traceId, edges: edgesOf(trace) })}
          />
        )}
        <IconButton
          label={`Copy the trace's id ${traceId}`}
          icon={Copy}
          onClick={() => void copy()}
        />
        <IconButton
          label="Save as HAR"
          icon={Download}
          testId="save-har"
          onClick={() => void saveTrace(traceId)}
        />
        <Wide />
        <IconButton label="Close the trace" icon={X} onClick={() => openTrace(undefined)} />
      </span>
    </header>
  );
}

/** Over the list, and back. */
function Wide() {
  const isWide = usePane((pane) => pane.isWide);
  return (
    <IconButton
      label={isWide ? 'Show the list' : 'Take all of the width'}
      icon={isWide ? Minimize2 : Maximize2}
      testId="pane-wide"
      onClick={() => paneStore.setState({ isWide: !isWide })}
    />
  );
}
