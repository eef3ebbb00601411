/** A list of any length: only the rows in sight exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';
import { openTrace, useUi } from '../app/ui-store.ts';
import { formatMs, formatTime } from '../ui/format.ts';
import { statusName, statusText } from './status.ts';
import styles from './RequestList.module.css';

const ROW = 28;

interface RequestListProps {
  readonly requests: readonly RequestSummary[];
  /** Said where there are none. */
  readonly empty: string;
  onLook(): void;
  onLookAway(): void;
}

export function RequestList({ requests, empty, onLook, onLookAway }: RequestListProps) {
  const place = useRef<HTMLDivElement>(null);
  const open = useUi((ui) => ui.trace);
  const rows = useVirtualizer({
    count: requests.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW,
    getItemKey: (i) => `${requests[i]?.traceId} ${requests[i]?.start}`,
    overscan: 8,
  });
  const isTop = (): boolean => (place.current?.scrollTop ?? 0) === 0;
  const isUsed = (): boolean => place.current?.matches(':hover, :focus-within') ?? false;
  return (
    <div
      ref={place}
      className={styles.list}
      onPointerEnter={onLook}
      onPointerLeave={() => isTop() && onLookAway()}
      onFocus={onLook}
      onBlur={({ relatedTarget }) => {
        if (!place.current?.contains(relatedTarget) && isTop()) onLookAway();
      }}
      onScroll={() => {
        if (!isTop()) onLook();
        else if (!isUsed()) onLookAway();
      }}
    >
      {requests.length === 0 && <p className={styles.none}>{empty}</p>}
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

function outcomeOf(request: RequestSummary): string {
  const { status, grpcStatus, faults, failed, failedInside } = request;
  if (failed) return faults.length > 0 ? 'injected' : 'failed';
  if (faults.length > 0) return 'injected';
  if (failedInside) return 'inside';
  return status >= 400 || grpcStatus > 0 ? 'client' : 'ok';
}

function Row({ request, top, open }: { request: RequestSummary; top: number; open: boolean }) {
  const { traceId, start, method, path, duration, hops, faults, from, to } = request;
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
      <b className={styles.status} title={request.failure || statusName(request)}>
        {statusText(request)}
      </b>
      <span className={styles.path}>
        <span className={styles.method}>{method}</span> {path}
        {from !== 'gateway' && <span className={styles.faint}>{` ${from} → ${to}`}</span>}
      </span>
      <span className={styles.marks}>
        {request.failedInside && !request.failed && <i data-kind="inside">failed inside</i>}
        {faults.map((fault) => (
          <i key={fault} data-kind="fault" title={`Fault ${fault}`}>
            {fault}
          </i>
        ))}
      </span>
      <span className={styles.faint}>{`${hops} ${hops === 1 ? 'hop' : 'hops'}`}</span>
      <span className={styles.duration}>{formatMs(duration)}</span>
    </button>
  );
}
