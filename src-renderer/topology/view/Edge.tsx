/** Traffic from one service to another. */
import { Lock, Timer, Zap } from 'lucide-react';
import { memo } from 'react';
import type { EdgeState } from '../../../src-main/api/contract/index.ts';
import { select, useUi } from '../../app/ui-store.ts';
import { useEngine } from '../../engine/store.ts';
import { formatMs, formatRate, formatShare } from '../../ui/format.ts';
import { pathOf } from '../model/geometry.ts';
import { edgeId } from '../model/graph.ts';
import { faultsOn, healthOf } from '../model/health.ts';
import type { Health } from '../model/health.ts';
import type { LaidOutEdge } from '../model/layout.ts';
import { realErrors } from '../model/totals.ts';
import styles from './Edge.module.css';

interface EdgeProps {
  readonly from: string;
  readonly to: string;
  readonly place: LaidOutEdge;
}

/** What is red is real: an injected failure has a colour of its own. */
export function edgeHealth(edge: EdgeState | undefined): Health | 'injected' {
  if (!edge) return 'idle';
  const real = realErrors(edge);
  if (real > 0) return healthOf(edge.rate, real);
  return edge.injectedShare > 0 ? 'injected' : healthOf(edge.rate, 0);
}

function widthOf(rate: number): number {
  return 1.5 + Math.min(4, Math.log2(1 + rate) * 0.6);
}

export const Edge = memo(function Edge({ from, to, place }: EdgeProps) {
  const edge = useEngine(({ edges }) => edges[edgeId(from, to)]);
  const selected = useUi(
    ({ selection }) => selection.kind === 'edge' && selection.from === from && selection.to === to,
  );
  const path = pathOf(place.curve);
  const health = edgeHealth(edge);
  const open = (): void => select({ kind: 'edge', from, to });
  return (
    <g
      className={styles.edge}
      data-health={health}
      data-selected={selected || undefined}
      data-testid={`edge-${from}-${to}`}
    >
      <path className={styles.line} d={path} strokeWidth={widthOf(edge?.rate ?? 0)} />
      <path className={styles.hit} d={path} onClick={open} />
      <EdgeLabel from={from} to={to} place={place} edge={edge} open={open} />
    </g>
  );
});

interface LabelProps extends EdgeProps {
  readonly edge: EdgeState | undefined;
  open(): void;
}

function EdgeLabel({ from, to, place, edge, open }: LabelProps) {
  const delayed = useEngine(({ document }) =>
    faultsOn(document.mesh.faults, from, to).some(({ delay }) => delay),
  );
  const aborted = useEngine(({ document }) =>
    faultsOn(document.mesh.faults, from, to).some(({ abort }) => abort),
  );
  const { x, y, width, height } = place.label;
  const marks = Number(delayed) + Number(aborted);
  // An idle edge without a fault has nothing to say; it can be selected by its line all the same.
  const quiet = !edge && marks === 0;
  return (
    <foreignObject
      x={x - 8 * marks}
      y={y}
      width={width + 16 * marks}
      height={height}
      className={styles.place}
    >
      <button
        type="button"
        className={styles.label}
        data-quiet={quiet || undefined}
        aria-label={labelText(from, to, edge)}
        onClick={open}
      >
        {delayed && <Timer size={13} className={styles.fault} aria-label="delay fault" />}
        {aborted && <Zap size={13} className={styles.fault} aria-label="abort fault" />}
        {edge && (
          <span className={`${styles.figures} num`}>
            <span className={styles.rate}>
              {edge.mtls && <Lock size={9} className={styles.lock} aria-label="mutual TLS" />}
              {formatRate(edge.rate)}
            </span>
            <span className={styles.second}>{secondLine(edge)}</span>
          </span>
        )}
      </button>
    </foreignObject>
  );
}

/** Errors matter more than speed. */
function secondLine(edge: EdgeState): string {
  return edge.errorShare > 0 ? `${formatShare(edge.errorShare)} err` : formatMs(edge.p95);
}

function labelText(from: string, to: string, edge: EdgeState | undefined): string {
  if (!edge) return `${from} to ${to}: idle`;
  const secure = edge.mtls ? ', mutual TLS' : '';
  return `${from} to ${to}: ${formatRate(edge.rate)}, p95 ${formatMs(edge.p95)}, errors ${formatShare(edge.errorShare)}${secure}`;
}
