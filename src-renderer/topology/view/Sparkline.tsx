import { sparkline } from '../model/rate-history.ts';
import { useRates } from '../rate-store.ts';
import styles from './Sparkline.module.css';

const WIDTH = 48;
const HEIGHT = 14;

/** How the rate of a node has gone lately: a picture only, its figure stands beside it. */
export function Sparkline({ node }: { node: string }) {
  const line = sparkline(useRates(node), WIDTH, HEIGHT);
  return (
    <svg
      className={styles.sparkline}
      width={WIDTH}
      height={HEIGHT + 2}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      aria-hidden
    >
      {line !== '' && <path d={line} />}
    </svg>
  );
}
