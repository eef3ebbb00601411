/** A list of any length: only the rows in sight exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';
import { openTrace, useUi } from '../app/ui-store.ts';
import { formatMs, formatTime } from '../ui/format.ts';
import styles from './RequestList.module.css';

const ROW = 28;

export function RequestList({ requests }: { requests: readonly RequestSummary[] }) {
  const place = useRef<HTMLDivElement>(null);
  const open = useUi((ui) => ui.trace);
  const rows = useVirtualizer({
    count: requests.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW,
    getItemKey: (i) => `${requests[i]?.traceId} ${requests[i]?.start}`,
    overscan: 8,
  });
  if (requests.length === 0) {
    return (
      <p className={styles.none}>No requests yet. Send one to the gateway, or let visitors come.</p>
    );
  }
  return (
    <div ref={place} className={styles.list}>
      <div style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const request = requests[index];
          return (
            request && (
              <Row key={key} request={request} top={start} open={open === request.traceId} />
            )
          );
        })}
      </div>
    </div>
  );
}

function outcomeOf({ status, faults, failedInside }: RequestSummary): string {
  if (status >= 500 || status === 0) return faults.length > 0 ? 'injected' : 'failed';
  if (faults.length > 0) return 'injected';
  if (failedInside) return 'inside';
  return status >= 400 ? 'client' : 'ok';
}

function Row({ request, top, open }: { request: RequestSummary; top: number; open: boolean }) {
  const { traceId, start, method, path, status, duration, hops, faults, from, to } = request;
  return (
    <button
      type="button"
      className={`${styles.row} num`}
      style={{ transform: `translateY(${top}px)` }}
      data-testid="request-row"
      data-outcome={outcomeOf(request)}
      data-open={open || undefined}
      onClick={() => openTrace(open ? undefined : traceId)}
    >
      <time>{formatTime(start)}</time>
      <b className={styles.status}>{status === 0 ? '–' : status}</b>
      <span className={styles.path}>
        {method} {path}
        {from !== 'gateway' && <span className={styles.faint}>{` ${from} → ${to}`}</span>}
        {faults.length > 0 && <span className={styles.fault}>{faults.join(', ')}</span>}
      </span>
      <span className={styles.faint}>{`${hops} hops`}</span>
      <span className={styles.duration}>{formatMs(duration)}</span>
    </button>
  );
}
