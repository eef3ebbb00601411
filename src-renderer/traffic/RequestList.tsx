/** A list of any length: only the rows in sight exist, and older ones are loaded as one scrolls. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { VirtualItem } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useUi } from '../app/ui-store.ts';
import { moved } from './list-keys.ts';
import { useMarks } from './marks-store.ts';
import type { FeedView } from './request-feed.ts';
import { RequestRow } from './RequestRow.tsx';
import styles from './RequestList.module.css';
import { useActiveRow } from './use-active-row.ts';
import type { HoldControl } from './use-hold.ts';

const ROW = 28;
/** Rows before the last one at which older ones are asked for. */
const AHEAD = 40;

interface RequestListProps {
  readonly view: FeedView;
  readonly control: HoldControl;
  /** Said where there are none. */
  readonly empty: string;
  onOlder(): void;
}

export function RequestList({ view, control, empty, onOlder }: RequestListProps) {
  const { items, hasOlder, newer } = view;
  const place = useRef<HTMLDivElement>(null);
  const open = useUi((ui) => ui.trace);
  const marks = useMarks();
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW,
    getItemKey: (i) => items[i]?.id ?? i,
    overscan: 10,
  });
  const visible = rows.getVirtualItems();
  useOlder(view, visible.at(-1)?.index ?? 0, onOlder);

  const isTop = (): boolean => (place.current?.scrollTop ?? 0) === 0;
  const isUsed = (): boolean =>
    place.current?.parentElement?.matches(':hover, :focus-within') ?? false;
  const { at, active, setActive, toggle, mark } = useActiveRow(items);
  const go = (index: number): void => {
    setActive(items[index]?.id);
    rows.scrollToIndex(index, { align: 'auto' });
  };
  const onKey = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((place.current?.clientHeight ?? ROW) / ROW) - 1);
    const next = moved(event.key, at, items.length, page);
    if (next !== undefined) go(next);
    else if (event.key === 'x') mark(at, false);
    else if (event.key === 'Enter' || event.key === ' ') toggle(items[at]);
    else return;
    event.preventDefault();
  };
  const jump = (): void => {
    place.current?.scrollTo({ top: 0 });
    setActive(undefined);
    control.release();
  };
  return (
    // The button lies over the list: who points at it has not looked away.
    <div
      className={styles.frame}
      onPointerEnter={control.look}
      onPointerLeave={() => isTop() && control.lookAway()}
    >
      {newer > 0 && <Newer count={newer} onJump={jump} />}
      <div
        ref={place}
        className={styles.list}
        role="listbox"
        aria-label="Requests, newest first"
        aria-multiselectable
        aria-activedescendant={shownId(visible, at, active)}
        aria-busy={view.isSearching}
        tabIndex={0}
        data-testid="request-list"
        onKeyDown={onKey}
        onFocus={control.look}
        onBlur={() => isTop() && control.lookAway()}
        onScroll={() => {
          if (!isTop()) control.look();
          else if (!isUsed()) control.lookAway();
        }}
      >
        {items.length === 0 && <p className={styles.none}>{empty}</p>}
        <div style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, key, start }) => {
            const request = items[index];
            return (
              request && (
                <RequestRow
                  key={key}
                  request={request}
                  top={start}
                  position={index + 1}
                  count={hasOlder ? -1 : items.length}
                  isOpen={open === request.traceId}
                  isActive={request.id === active}
                  isMarked={marks.has(request.id)}
                  onMark={(isRange) => mark(index, isRange)}
                  onOpen={() => toggle(request)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Of the active row's element; a row that is far away has none. */
function shownId(
  visible: readonly VirtualItem[],
  at: number,
  active: number | undefined,
): string | undefined {
  return visible.some(({ index }) => index === at) ? `request-${active}` : undefined;
}

/** @param last the index of the last row in sight */
function useOlder({ hasOlder, items }: FeedView, last: number, onOlder: () => void): void {
  useEffect(() => {
    if (hasOlder && last >= items.length - AHEAD) onOlder();
  }, [hasOlder, last, items.length, onOlder]);
}

function Newer({ count, onJump }: { count: number; onJump(): void }) {
  return (
    <button type="button" className={styles.newer} data-testid="jump-newest" onClick={onJump}>
      <ArrowUp size={12} aria-hidden />
      {`${count >= 20_000 ? '20,000+' : count.toLocaleString('en')} new`}
    </button>
  );
}
