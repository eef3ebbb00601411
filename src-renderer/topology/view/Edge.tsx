/** The label of an edge: what flows from one service to another, and what acts on it. */
import { Lock } from 'lucide-react';
import { memo } from 'react';
import type { EdgeState } from '../../../src-main/api/contract/index.ts';
import { select } from '../../app/ui-store.ts';
import { useEngine } from '../../engine/store.ts';
import { formatMs, formatRate, formatShare, formatShareShort } from '../../ui/format.ts';
import type { Box } from '../model/geometry.ts';
import { edgeId } from '../model/graph.ts';
import { metricText } from '../model/options.ts';
import { protocolLabel } from '../model/protocol.ts';
import { mirroredRate, realErrors } from '../model/totals.ts';
import { useEdgeScene } from '../scene-store.ts';
import { useSettings } from '../settings-store.ts';
import styles from './Edge.module.css';
import { Marks } from './MarkIcon.tsx';

interface EdgeLabelProps {
  readonly from: string;
  readonly to: string;
  readonly box: Box;
  /** Something else is searched for. */
  readonly faded: boolean;
  readonly selected: boolean;
}

export const EdgeLabel = memo(function EdgeLabel({
  from,
  to,
  box,
  faded,
  selected,
}: EdgeLabelProps) {
  const found = useEdgeScene(edgeId(from, to));
  const edge = found?.edge;
  const marks = found?.marks ?? [];
  // An idle edge without a mark has nothing to say; it can be selected by its line all the same.
  const quiet = !edge && marks.length === 0;
  return (
    <div
      className={styles.place}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-health={found?.health ?? 'idle'}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
      data-testid={`edge-${from}-${to}`}
    >
      <button
        type="button"
        className={styles.label}
        data-quiet={quiet || undefined}
        aria-label={labelText(from, to, edge)}
        onClick={() => select({ kind: 'edge', from, to })}
      >
        {edge ? <Figures edge={edge} /> : 'idle'}
      </button>
      {marks.length > 0 && (
        <span className={styles.marks}>
          <Marks marks={marks} />
        </span>
      )}
      {edge && <Protocol protocol={edge.protocol} />}
    </div>
  );
});

/** HTTP/1.1 is what one expects: it is only read out. */
function Protocol({ protocol }: { protocol: string }) {
  const label = protocolLabel(protocol);
  if (label === '' || protocol === 'http/1.1') return null;
  return <span className={styles.protocol}>{label}</span>;
}

/** How much, then how fast, then how badly: always in the same two lines. */
function Figures({ edge }: { edge: EdgeState }) {
  const metric = useSettings((settings) => settings.metric);
  const { rate, open, errorShare } = edge;
  const mirrored = mirroredRate(edge);
  if (rate === 0 && open === 0 && mirrored > 0) return <ShadowFigures rate={mirrored} />;
  const shows = metric !== 'errors' && errorShare > 0;
  return (
    <span className={`${styles.figures} num`}>
      <span className={styles.rate}>
        <Identity edge={edge} />
        {rate === 0 && open > 0 ? `${open} open` : formatRate(rate)}
      </span>
      <span className={styles.second}>
        {rate === 0 && open > 0 ? 'quiet' : metricText(edge, metric)}
        {shows && (
          <b data-real={realErrors(edge) > 0 || undefined}>{formatShareShort(errorShare)}</b>
        )}
      </span>
    </span>
  );
}

/** Of an edge over which nobody waits for anything. */
function ShadowFigures({ rate }: { rate: number }) {
  return (
    <span className={`${styles.figures} num`}>
      <span className={styles.rate}>{formatRate(rate)}</span>
      <span className={styles.second}>mirrored</span>
    </span>
  );
}

/** Whose certificate the caller has checked. */
function Identity({ edge: { mtls, to } }: { edge: EdgeState }) {
  const id = useEngine(
    ({ document: { mesh } }) => `spiffe://${mesh.name}.local/ns/${mesh.namespace}/sa/${to}`,
  );
  if (!mtls) return null;
  return (
    <span className={styles.lock} title={`mutual TLS with ${id}`}>
      <Lock size={10} role="img" aria-label="mutual TLS" />
    </span>
  );
}

function labelText(from: string, to: string, edge: EdgeState | undefined): string {
  if (!edge) return `${from} to ${to}: idle`;
  const secure = edge.mtls ? ', mutual TLS' : '';
  const protocol = protocolLabel(edge.protocol);
  const mirrored = mirroredRate(edge);
  const shadows = mirrored > 0 ? `, ${formatRate(mirrored)} mirrored` : '';
  const spoken = protocol === '' ? '' : `, ${protocol}`;
  return `${from} to ${to}: ${formatRate(edge.rate)}, p95 ${formatMs(edge.p95)}, errors ${formatShare(edge.errorShare)}${spoken}${secure}${shadows}`;
}
