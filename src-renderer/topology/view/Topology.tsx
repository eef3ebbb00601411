/** The live graph: nodes and edges as SVG, requests as points on a canvas above it. */
import { Maximize, Minus, Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { select } from '../../app/ui-store.ts';
import { useUi } from '../../app/ui-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { onFit } from '../fit-request.ts';
import { Edge } from './Edge.tsx';
import { Legend } from './Legend.tsx';
import { Node } from './Node.tsx';
import { Particles } from './Particles.tsx';
import styles from './Topology.module.css';
import { useLayout } from './use-layout.ts';
import { useViewport } from './use-viewport.ts';

export function Topology() {
  const laidOut = useLayout();
  const svg = useRef<SVGSVGElement>(null);
  const viewport = useViewport(svg, laidOut?.layout);
  const search = useUi((ui) => ui.search.trim().toLowerCase());
  const { fit, transform, zoomBy } = viewport;
  useEffect(() => onFit(fit), [fit]);

  return (
    <section className={styles.topology} aria-label="Topology">
      <svg
        ref={svg}
        className={styles.svg}
        onClick={(event) => {
          if (event.target === svg.current) select({ kind: 'none' });
        }}
      >
        <defs>
          <pattern
            id="grid"
            width="24"
            height="24"
            patternUnits="userSpaceOnUse"
            patternTransform={String(transform)}
          >
            <circle cx="1" cy="1" r="1" className={styles.dot} />
          </pattern>
        </defs>
        <rect className={styles.backdrop} width="100%" height="100%" fill="url(#grid)" />
        {laidOut && (
          <g transform={String(transform)}>
            {laidOut.graph.edges.map(({ id, from, to }) => {
              const place = laidOut.layout.edges.get(id);
              return place && <Edge key={id} from={from} to={to} place={place} />;
            })}
            {laidOut.graph.nodes.map((node) => {
              const box = laidOut.layout.nodes.get(node.id);
              const faded = search !== '' && !node.id.includes(search);
              return box && <Node key={node.id} node={node} box={box} faded={faded} />;
            })}
          </g>
        )}
      </svg>
      {laidOut && <Particles layout={laidOut.layout} transform={transform} />}
      <div className={styles.controls}>
        <IconButton label="Zoom in" icon={Plus} onClick={() => zoomBy(1.3)} />
        <IconButton label="Zoom out" icon={Minus} onClick={() => zoomBy(1 / 1.3)} />
        <IconButton label="Fit the graph" icon={Maximize} onClick={fit} />
      </div>
      <Legend />
    </section>
  );
}
