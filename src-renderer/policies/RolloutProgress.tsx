/** How far a rollout is, and how the version does meanwhile. */
import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { RolloutView } from '../../src-main/api/contract/index.ts';
import { useEngine } from '../engine/store.ts';
import { totalOf } from '../topology/model/totals.ts';
import { formatMs, formatRate, formatShare } from '../ui/format.ts';
import styles from './RolloutControl.module.css';
import { sayStatus } from './rollout-draft.ts';

export function RolloutProgress({ rollout }: { rollout: RolloutView }) {
  const { service, version, share, began, until, step, status } = rollout;
  const low = Math.min(began, until);
  const span = Math.max(1, Math.abs(until - began));
  const marks = Array.from({ length: Math.floor((span - 1) / step) }, (_, i) => (i + 1) * step);
  return (
    <div className={styles.progress} data-status={status} data-testid="rollout">
      <p className={styles.line}>
        <b>
          {version} <span className="num">{share} %</span>
        </b>
        <Status rollout={rollout} />
      </p>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={`Rollout of ${service} ${version}`}
        aria-valuemin={low}
        aria-valuemax={low + span}
        aria-valuenow={share}
      >
        <i style={{ width: `${(100 * Math.abs(share - began)) / span}%` }} />
        {marks.map((mark) => (
          <s key={mark} style={{ left: `${(100 * mark) / span}%` }} />
        ))}
      </div>
      <p className={`${styles.ends} num`}>
        <span>{began} %</span>
        <span>{until} %</span>
      </p>
      <Figures rollout={rollout} />
    </div>
  );
}

/** What it is doing; counts the seconds to its next step. */
function Status({ rollout }: { rollout: RolloutView }) {
  const [now, setNow] = useState(() => Date.now());
  const { next } = rollout;
  useEffect(() => {
    if (next === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [next]);
  return (
    <span className={`${styles.status} num`} data-testid="rollout-status">
      {sayStatus(rollout, now)}
    </span>
  );
}

/** Of the version, beside what is borne of it. */
function Figures({
  rollout: { service, version, maxErrors, maxLatency },
}: {
  rollout: RolloutView;
}) {
  const { rate, errorShare, p95 } = useEngine(
    useShallow(({ edges }) =>
      totalOf(
        Object.values(edges).flatMap(({ to, versions }) => {
          const own = to === service ? versions[version] : undefined;
          return own ? [own] : [];
        }),
      ),
    ),
  );
  return (
    <dl className={`${styles.figures} num`}>
      <div>
        <dt>Requests</dt>
        <dd>{formatRate(rate)}</dd>
      </div>
      <div data-bad={(maxErrors !== undefined && errorShare * 100 > maxErrors) || undefined}>
        <dt>Errors</dt>
        <dd>
          {rate === 0 ? '–' : formatShare(errorShare)}
          {maxErrors !== undefined && <small> of {maxErrors} %</small>}
        </dd>
      </div>
      <div data-bad={(maxLatency !== undefined && p95 > maxLatency) || undefined}>
        <dt>p95</dt>
        <dd>
          {rate === 0 ? '–' : formatMs(p95)}
          {maxLatency !== undefined && <small> of {formatMs(maxLatency)}</small>}
        </dd>
      </div>
    </dl>
  );
}
