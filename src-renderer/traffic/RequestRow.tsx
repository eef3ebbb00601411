/** One request in a line. */
import { Aperture, Check } from 'lucide-react';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';
import { formatMs, formatTime } from '../ui/format.ts';
import styles from './RequestList.module.css';
import { statusName, statusText } from './status.ts';

interface RequestRowProps {
  readonly request: RequestSummary;
  readonly top: number;
  /** From 1; and of how many, -1 where that is not known. */
  readonly position: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isActive: boolean;
  readonly isMarked: boolean;
  onOpen(): void;
  /** `isRange`: with all between the last one and this one. */
  onMark(isRange: boolean): void;
}

export function RequestRow(props: RequestRowProps) {
  const { request, top, position, count, isOpen, isActive, isMarked, onOpen, onMark } = props;
  const { id, start, method, path, duration, hops, faults, from, to } = request;
  return (
    <div
      id={`request-${id}`}
      role="option"
      aria-selected={isOpen || isMarked}
      aria-posinset={position}
      aria-setsize={count}
      className={`${styles.row} num`}
      style={{ transform: `translateY(${top}px)` }}
      data-testid="request-row"
      data-outcome={outcomeOf(request)}
      data-open={isOpen || undefined}
      data-active={isActive || undefined}
      data-marked={isMarked || undefined}
      // A range of rows is meant, not of text.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={({ ctrlKey, metaKey, shiftKey }) => {
        if (ctrlKey || metaKey || shiftKey) onMark(shiftKey);
        else onOpen();
      }}
    >
      <time>{isMarked ? <Check size={12} aria-label="marked" /> : formatTime(start)}</time>
      <b className={styles.status} title={request.failure || statusName(request)}>
        {statusText(request)}
      </b>
      <span className={styles.path} title={`${method} ${path}`}>
        <span className={styles.method}>{method}</span> {path}
        {from !== 'gateway' && <span className={styles.faint}>{` ${from} → ${to}`}</span>}
      </span>
      <span className={styles.marks}>
        {request.failedInside && !request.failed && <i data-kind="inside">failed inside</i>}
        {request.flags.includes('retry') && <i data-kind="inside">retried</i>}
        {faults.map((fault) => (
          <i key={fault} data-kind="fault" title={`Fault ${fault}`}>
            {fault}
          </i>
        ))}
        {request.captured && (
          <span title="Its messages were captured">
            <Aperture size={12} aria-label="captured" />
          </span>
        )}
      </span>
      <span className={styles.faint}>{`${hops} ${hops === 1 ? 'hop' : 'hops'}`}</span>
      <span className={styles.duration}>{formatMs(duration)}</span>
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
