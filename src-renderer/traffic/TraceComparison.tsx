/** Two traces, hop beside hop: what took longer, and what ended otherwise. */
import type { TraceView } from '../../src-main/api/contract/index.ts';
import { formatMs } from '../ui/format.ts';
import { statusName, statusText } from './status.ts';
import styles from './TraceComparison.module.css';
import { compareTraces, partLike } from './trace-comparison.ts';
import type { ComparedHop } from './trace-comparison.ts';

export function TraceComparison({ before: whole, after }: { before: TraceView; after: TraceView }) {
  const before = partLike(whole, after);
  const rows = compareTraces(before, after);
  const most = Math.max(1, ...rows.map(({ slower = 0 }) => Math.abs(slower)));
  return (
    <div className={styles.scroll} data-testid="trace-comparison">
      <table className={`${styles.table} num`}>
        <thead>
          <tr>
            <th>Hop</th>
            <th>Before</th>
            <th>Now</th>
            <th>Difference</th>
            <th>Outcome</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <Row key={i} row={row} most={most} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Whole request</th>
            <td>{formatMs(before.duration)}</td>
            <td>{formatMs(after.duration)}</td>
            <td>{sayDifference(after.duration - before.duration)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Row({ row, most }: { row: ComparedHop; most: number }) {
  const { depth, before, after, slower, outcome } = row;
  const hop = after ?? before;
  if (!hop) return null;
  const name =
    hop.direction === 'inbound' ? `at ${hop.destination}` : `${hop.source} → ${hop.destination}`;
  return (
    <tr data-testid="compared-hop" data-only={before ? (after ? undefined : 'before') : 'after'}>
      <th scope="row" style={{ paddingLeft: Math.min(depth, 12) * 8 + 12 }}>
        {name}
        {hop.attempt > 0 && <i>{` try ${hop.attempt + 1}`}</i>}
      </th>
      <td>{before ? formatMs(before.duration) : '–'}</td>
      <td>{after ? formatMs(after.duration) : '–'}</td>
      <td>
        {slower !== undefined && (
          <span className={styles.difference} data-slower={slower > 0 || undefined}>
            <span>{sayDifference(slower)}</span>
            <b style={{ width: `${(Math.abs(slower) / most) * 60}px` }} />
          </span>
        )}
      </td>
      <td title={after && statusName(after)}>{sayOutcome(row, outcome)}</td>
    </tr>
  );
}

function sayOutcome({ before, after }: ComparedHop, outcome: string): React.ReactNode {
  if (outcome !== '') return <b data-differs>{outcome}</b>;
  if (!before) return <b data-differs>only now</b>;
  if (!after) return <b data-differs>only before</b>;
  return statusText(after);
}

function sayDifference(ms: number): string {
  const sign = ms > 0 ? '+' : ms < 0 ? '−' : '±';
  return `${sign}${formatMs(Math.abs(ms))}`;
}
