/** What became of the requests that an edge sent a second time, beside what callers got. */
import type { EdgeState, MirrorFigures } from '../../../src-main/api/contract/index.ts';
import { formatMs, formatRate, formatShare } from '../../ui/format.ts';
import { Section, Stats } from '../../ui/Panel.tsx';
import styles from './Mirrors.module.css';

export function Mirrors({ mirrors }: { mirrors: NonNullable<EdgeState['mirrors']> }) {
  return Object.entries(mirrors).map(([version, figures]) => (
    <Section key={version} title={`Mirrored to ${version}`}>
      <div data-testid="mirror-figures">
        <Stats items={statsOf(figures)} />
        <Latencies figures={figures} version={version} />
      </div>
    </Section>
  ));
}

function statsOf(figures: MirrorFigures) {
  const { rate, compared, statusDiffers, bodyDiffers, unansweredShare } = figures;
  const share = (value: number): string => (compared === 0 ? '–' : formatShare(value));
  const tone = (value: number) => (value > 0 ? ('warn' as const) : undefined);
  return [
    { label: 'Shadows', value: formatRate(rate) },
    { label: 'Other status', value: share(statusDiffers), tone: tone(statusDiffers) },
    { label: 'Other body', value: share(bodyDiffers), tone: tone(bodyDiffers) },
    ...(unansweredShare > 0
      ? [{ label: 'No answer', value: formatShare(unansweredShare), tone: 'warn' as const }]
      : []),
  ];
}

function Latencies({ figures, version }: { figures: MirrorFigures; version: string }) {
  if (figures.compared === 0) {
    return <p className={styles.note}>Nothing was compared in the last five seconds.</p>;
  }
  return (
    <table className={`${styles.latencies} num`}>
      <thead>
        <tr>
          <th>Of the same requests</th>
          <th>p50</th>
          <th>p99</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>What callers waited</td>
          <td>{formatMs(figures.primaryP50)}</td>
          <td>{formatMs(figures.primaryP99)}</td>
        </tr>
        <tr>
          <td>{`${version}, for nobody`}</td>
          <td>{formatMs(figures.p50)}</td>
          <td>{formatMs(figures.p99)}</td>
        </tr>
      </tbody>
    </table>
  );
}
