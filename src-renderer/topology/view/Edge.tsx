/** Traffic from one service to another. */
import { Lock, Timer, Zap } from 'lucide-react';
import { memo } from 'react';
import type { EdgeState } from '../../../src-main/api/contract/index.ts';
import { select, useUi } from '../../app/ui-store.ts';
import { useEngine } from '../../engine/store.ts';
import {
  formatMs,
  formatMsShort,
  formatRate,
  formatShare,
  formatShareShort,
} from '../../ui/format.ts';
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
  /** Something else is searched for. */
  readonly faded: boolean;
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

/** The line of an edge. All lines are drawn before any label, so that none runs over its figures. */
export const EdgeLine = memo(function EdgeLine({ from, to, place, faded }: EdgeProps) {
  const { edge, health, selected, open } = useEdge(from, to);
  const path = pathOf(place.curve);
  const width = widthOf(edge?.rate ?? 0);
  return (
    <g
      className={styles.edge}
      data-health={health}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
    >
      {selected && <path className={styles.halo} d={path} strokeWidth={width + 9} />}
      <path className={styles.line} d={path} strokeWidth={width} markerEnd="url(#arrow)" />
      <path className={styles.hit} d={path} onClick={open} />
    </g>
  );
});

export const EdgeLabel = memo(function EdgeLabel({ from, to, place, faded }: EdgeProps) {
  const { edge, health, selected, open } = useEdge(from, to);
  return (
    <g
      className={styles.edge}
      data-health={health}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
      data-testid={`edge-${from}-${to}`}
    >
      <Label from={from} to={to} place={place} edge={edge} open={open} />
    </g>
  );
});

function useEdge(from: string, to: string) {
  const edge = useEngine(({ edges }) => edges[edgeId(from, to)]);
  const selected = useUi(
    ({ selection }) => selection.kind === 'edge' && selection.from === from && selection.to === to,
  );
  const open = (): void => select({ kind: 'edge', from, to });
  return { edge, health: edgeHealth(edge), selected, open };
}

interface LabelProps extends Omit<EdgeProps, 'faded'> {
  readonly edge: EdgeState | undefined;
  open(): void;
}

function Label({ from, to, place, edge, open }: LabelProps) {
  const delayed = useEngine(({ document }) =>
    faultsOn(document.mesh.faults, from, to).some(({ delay }) => delay),
  );
  const aborted = useEngine(({ document }) =>
    faultsOn(document.mesh.faults, from, to).some(({ abort }) => abort),
  );
  const { x, y, width, height } = place.label;
  // An idle edge without a fault has nothing to say; it can be selected by its line all the same.
  const quiet = !edge && !delayed && !aborted;
  return (
    <foreignObject x={x} y={y} width={width} height={height} className={styles.place}>
      <button
        type="button"
        className={styles.label}
        data-quiet={quiet || undefined}
        aria-label={labelText(from, to, edge)}
        onClick={open}
      >
        {(delayed || aborted) && (
          <span className={styles.faults}>
            {delayed && <Timer size={13} aria-label="delay fault" />}
            {aborted && <Zap size={13} aria-label="abort fault" />}
          </span>
        )}
        {edge ? <Figures edge={edge} /> : 'idle'}
      </button>
    </foreignObject>
  );
}

/** How much, then how fast, then how badly: always in the same two lines. */
function Figures({ edge }: { edge: EdgeState }) {
  const { mtls, rate, p95, errorShare } = edge;
  return (
    <span className={`${styles.figures} num`}>
      <span className={styles.rate}>
        {mtls && <Lock size={10} className={styles.lock} aria-label="mutual TLS" />}
        {formatRate(rate)}
      </span>
      <span className={styles.second}>
        {formatMsShort(p95)}
        {errorShare > 0 && (
          <b data-real={realErrors(edge) > 0 || undefined}>{formatShareShort(errorShare)}</b>
        )}
      </span>
    </span>
  );
}

function labelText(from: string, to: string, edge: EdgeState | undefined): string {
  if (!edge) return `${from} to ${to}: idle`;
  const secure = edge.mtls ? ', mutual TLS' : '';
  return `${from} to ${to}: ${formatRate(edge.rate)}, p95 ${formatMs(edge.p95)}, errors ${formatShare(edge.errorShare)}${secure}`;
}
