/** A service, the gateway, or a group of services that is collapsed, with what it does right now. */
import { Boxes, DoorOpen, Maximize2 } from 'lucide-react';
import { memo } from 'react';
import { select } from '../../app/ui-store.ts';
import { useEngine } from '../../engine/store.ts';
import { formatRate, formatShare } from '../../ui/format.ts';
import type { Box } from '../model/geometry.ts';
import type { GraphNode } from '../model/graph.ts';
import type { NodeScene } from '../model/scene.ts';
import { useMoment } from '../moment-store.ts';
import { useNodeScene } from '../scene-store.ts';
import { Marks } from './MarkIcon.tsx';
import styles from './Node.module.css';
import { Sparkline } from './Sparkline.tsx';

/** Letters; a longer name is set smaller before it is cut. */
const LONG_NAME = 13;

interface NodeProps {
  readonly node: GraphNode;
  readonly box: Box;
  readonly faded: boolean;
  readonly selected: boolean;
  /** Opens or closes a group. */
  onToggle(group: string): void;
}

const QUIET: NodeScene = {
  ...{ rate: 0, errorShare: 0, p95: 0, health: 'idle', ready: 0, total: 0 },
  ...{ trouble: undefined, marks: [] },
};

export const Node = memo(function Node({ node, box, faded, selected, onToggle }: NodeProps) {
  const figures = useNodeScene(node.id) ?? QUIET;
  const name = titleOf(node);
  const open = (): void => {
    if (node.kind === 'group') onToggle(name);
    else if (node.kind === 'gateway') select({ kind: 'none' });
    else select({ kind: 'service', name: node.id });
  };
  return (
    <div
      className={styles.place}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-drags={node.id}
      data-faded={faded || undefined}
    >
      <button
        type="button"
        className={styles.node}
        data-kind={node.kind}
        data-testid={`node-${node.id}`}
        data-health={figures.health}
        data-selected={selected || undefined}
        aria-label={`${name}: ${figures.health}, ${formatRate(figures.rate)}`}
        aria-expanded={node.kind === 'group' ? false : undefined}
        onClick={open}
      >
        <span className={styles.head}>
          <i className={styles.light} aria-hidden />
          <span
            className={styles.name}
            title={name}
            data-long={name.length > LONG_NAME || undefined}
          >
            {name}
          </span>
          <Corner node={node} figures={figures} />
        </span>
        <NodeLine node={node} figures={figures} />
        {node.versions.length > 1 && <Versions node={node} />}
      </button>
      {figures.marks.length > 0 && (
        <span className={styles.marks}>
          <Marks marks={figures.marks} />
        </span>
      )}
    </div>
  );
});

/** The name that a person gave it. */
export function titleOf({ id, kind }: GraphNode): string {
  return kind === 'group' ? id.slice('group:'.length) : id;
}

/** What it is, or how many of its instances are ready. */
function Corner({ node, figures }: { node: GraphNode; figures: NodeScene }) {
  if (node.kind === 'gateway') return <DoorOpen size={15} className={styles.icon} aria-hidden />;
  if (node.kind === 'group') {
    return (
      <span className={styles.count} title={`${node.services.length} services: click to open`}>
        <Boxes size={13} aria-hidden /> <span className="num">{node.services.length}</span>
      </span>
    );
  }
  if (figures.total <= 1) return null;
  return (
    <span className={`${styles.count} num`} title="Instances that are ready, of all">
      {`${figures.ready}/${figures.total}`}
    </span>
  );
}

function NodeLine({ node, figures }: { node: GraphNode; figures: NodeScene }) {
  const isLive = useMoment(({ at }) => at === undefined);
  if (figures.trouble !== undefined && isLive) {
    return <span className={styles.trouble}>{figures.trouble}</span>;
  }
  return (
    <span className={`${styles.line} num`}>
      <span>{figures.rate === 0 ? 'idle' : formatRate(figures.rate)}</span>
      {figures.errorShare > 0 ? (
        <span className={styles.errors}>{formatShare(figures.errorShare)} err</span>
      ) : (
        isLive && node.kind !== 'group' && <Sparkline node={node.id} />
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

/** The name above a group's box; a click makes one node of the group. */
export const GroupHead = memo(function GroupHead({
  name,
  box,
  onToggle,
}: {
  readonly name: string;
  readonly box: Box;
  onToggle(group: string): void;
}) {
  return (
    <div
      className={styles.groupPlace}
      style={{ left: box.x, top: box.y, width: box.width }}
      data-drags={`group:${name}`}
    >
      <button
        type="button"
        className={styles.group}
        data-testid={`group-${name}`}
        aria-expanded
        aria-label={`Group ${name}: collapse`}
        title={`Collapse ${name}`}
        onClick={() => onToggle(name)}
      >
        {name} <Maximize2 size={11} aria-hidden />
      </button>
    </div>
  );
});
