/** A service or the gateway, with what it does right now. */
import { DoorOpen } from 'lucide-react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { select, useUi } from '../../app/ui-store.ts';
import { useEngine } from '../../engine/store.ts';
import { formatRate, formatShare } from '../../ui/format.ts';
import type { Box } from '../model/geometry.ts';
import type { GraphNode } from '../model/graph.ts';
import { healthOf, instanceHealth, worst } from '../model/health.ts';
import { totalOf } from '../model/totals.ts';
import type { Health } from '../model/health.ts';
import styles from './Node.module.css';
import { Sparkline } from './Sparkline.tsx';

/** Letters; a longer name is set smaller before it is cut. */
const LONG_NAME = 13;

interface NodeProps {
  readonly node: GraphNode;
  readonly box: Box;
  readonly faded: boolean;
}

interface NodeFigures {
  readonly rate: number;
  readonly errorShare: number;
  readonly health: Health;
  readonly ready: number;
  readonly total: number;
}

/** Requests that arrive; at the gateway, the ones it takes in. */
function useFigures({ id, kind }: GraphNode): NodeFigures {
  return useEngine(
    useShallow((state): NodeFigures => {
      const edges = Object.values(state.edges).filter(
        (edge) => (kind === 'gateway' ? edge.from : edge.to) === id,
      );
      const { rate, realErrorShare: errorShare } = totalOf(edges);
      const instances = Object.values(state.instances).filter(({ service }) => service === id);
      const ready = instances.filter(({ status }) => status === 'ready').length;
      const health = worst(healthOf(rate, errorShare), instanceHealth(instances));
      return { rate, errorShare, health, ready, total: instances.length };
    }),
  );
}

export const Node = memo(function Node({ node, box, faded }: NodeProps) {
  const figures = useFigures(node);
  const selected = useUi(
    ({ selection }) => selection.kind === 'service' && selection.name === node.id,
  );
  const isGateway = node.kind === 'gateway';
  const open = (): void =>
    select(isGateway ? { kind: 'none' } : { kind: 'service', name: node.id });
  return (
    <foreignObject
      x={box.x}
      y={box.y}
      width={box.width}
      height={box.height}
      className={styles.place}
    >
      <button
        type="button"
        className={styles.node}
        data-testid={`node-${node.id}`}
        data-health={figures.health}
        data-selected={selected || undefined}
        data-faded={faded || undefined}
        aria-label={`${node.id}: ${figures.health}, ${formatRate(figures.rate)}`}
        onClick={open}
      >
        <span className={styles.head}>
          <i className={styles.light} aria-hidden />
          <span
            className={styles.name}
            title={node.id}
            data-long={node.id.length > LONG_NAME || undefined}
          >
            {node.id}
          </span>
          {isGateway && <DoorOpen size={15} className={styles.icon} aria-hidden />}
          {figures.total > 1 && (
            <span className={`${styles.count} num`}>{`${figures.ready}/${figures.total}`}</span>
          )}
        </span>
        <NodeLine node={node} figures={figures} />
        {node.versions.length > 1 && <Versions node={node} />}
      </button>
    </foreignObject>
  );
});

function NodeLine({ node, figures }: { node: GraphNode; figures: NodeFigures }) {
  const trouble = useEngine(({ instances }) => {
    const found = Object.values(instances).find(
      ({ service, status }) => service === node.id && status !== 'ready',
    );
    return found && `${found.status}${found.restarts > 0 ? ` · restart ${found.restarts}` : ''}`;
  });
  if (trouble !== undefined) return <span className={styles.trouble}>{trouble}</span>;
  return (
    <span className={`${styles.line} num`}>
      <span>{figures.rate === 0 ? 'idle' : formatRate(figures.rate)}</span>
      {figures.errorShare > 0 ? (
        <span className={styles.errors}>{formatShare(figures.errorShare)} err</span>
      ) : (
        <Sparkline node={node.id} />
      )}
    </span>
  );
}

/** The share of each version, as it was asked for. */
function Versions({ node }: { node: GraphNode }) {
  const split = useEngine(({ document }) => document.mesh.traffic[node.id]?.split);
  return (
    <span className={styles.versions}>
      {node.versions.map((version) => (
        <span key={version} className={styles.version}>
          {version}
          {split && <b className="num">{split[version] ?? 0} %</b>}
        </span>
      ))}
    </span>
  );
}
