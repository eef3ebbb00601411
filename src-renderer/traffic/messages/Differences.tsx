/** What two messages have not in common. */
import type { CapturedExchange } from '../../../src-main/api/contract/index.ts';
import { requestDifferences, responseDifferences } from './differences.ts';
import type { Difference } from './differences.ts';
import styles from './Messages.module.css';
import type { Side } from './side.ts';

interface DifferencesProps {
  readonly before: CapturedExchange;
  readonly after: CapturedExchange;
  readonly side: Side;
}

export function Differences({ before, after, side }: DifferencesProps) {
  const compare = side === 'request' ? requestDifferences : responseDifferences;
  const found = compare(before, after);
  const own = found.filter(({ isUsual }) => !isUsual);
  const usual = found.filter(({ isUsual }) => isUsual);
  const names = usual.map(({ where }) => where.replace('Header ', '')).join(', ');
  return (
    <section className={styles.differences} data-testid="differences" aria-label="What differs">
      {own.length === 0 ? (
        <p className={styles.same}>{`The two ${side}s say the same.`}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>What differs</th>
              <th>Before</th>
              <th>Now</th>
            </tr>
          </thead>
          <tbody>
            {own.map((one, i) => (
              <Row key={i} difference={one} />
            ))}
          </tbody>
        </table>
      )}
      {usual.length > 0 && <p className={styles.faint}>{`As usual, others: ${names}.`}</p>}
    </section>
  );
}

function Row({ difference: { where, before, after } }: { difference: Difference }) {
  return (
    <tr>
      <th scope="row">{where}</th>
      <td>{before === undefined ? <i>not there</i> : <del>{before}</del>}</td>
      <td>{after === undefined ? <i>not there</i> : <ins>{after}</ins>}</td>
    </tr>
  );
}
