/** The live graph: nodes and edges as SVG, requests as points on a canvas above it. */
import { Maximize, Minus, Plus } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import type { ZoomTransform } from 'd3-zoom';
import { select, useUi } from '../../app/ui-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { fitsSearch } from '../model/search.ts';
import { onViewportRequest } from '../viewport-requests.ts';
import { EdgeLabel, EdgeLine } from './Edge.tsx';
import { Legend } from './Legend.tsx';
import { Node } from './Node.tsx';
import { Particles } from './Particles.tsx';
import styles from './Topology.module.css';
import { useLayout } from './use-layout.ts';
import type { LaidOutGraph } from './use-layout.ts';
import { useViewport } from './use-viewport.ts';
import type { Viewport } from './use-viewport.ts';

const ZOOM_STEP = 1.3;

export function Topology() {
  const laidOut = useLayout();
  const svg = useRef<SVGSVGElement>(null);
  const viewport = useViewport(svg, laidOut?.layout.bounds);
  const { fit, transform, zoomBy } = viewport;
  useRequests(viewport);
  useReveal(viewport, laidOut);
  return (
    <section className={styles.topology} aria-label="Topology">
      <svg
        ref={svg}
        className={styles.svg}
        onClick={(event) => {
          if (event.target === svg.current) select({ kind: 'none' });
        }}
      >
        <Backdrop transform={transform} />
        {laidOut && (
          <g transform={String(transform)}>
            <Drawing laidOut={laidOut} />
          </g>
        )}
      </svg>
      {laidOut && <Particles layout={laidOut.layout} transform={transform} />}
      {!laidOut && <p className={styles.waiting}>Laying the graph out…</p>}
      <div className={styles.controls}>
        <IconButton label="Zoom in" icon={Plus} onClick={() => zoomBy(ZOOM_STEP)} />
        <IconButton label="Zoom out" icon={Minus} onClick={() => zoomBy(1 / ZOOM_STEP)} />
        <IconButton label="Fit the graph" icon={Maximize} onClick={fit} />
      </div>
      <Legend />
    </section>
  );
}

function useRequests({ fit, zoomBy }: Viewport): void {
  useEffect(
    () =>
      onViewportRequest((request) => {
        if (request === 'fit') fit();
        else zoomBy(request === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP);
      }),
    [fit, zoomBy],
  );
}

/** What is selected by palette or search may be out of sight. */
function useReveal({ reveal }: Viewport, laidOut: LaidOutGraph | undefined): void {
  const selection = useUi((ui) => ui.selection);
  const layout = laidOut?.layout;
  useEffect(() => {
    const { nodes, edges } = layout ?? {};
    const box =
      selection.kind === 'service'
        ? nodes?.get(selection.name)
        : selection.kind === 'edge'
          ? edges?.get(`${selection.from}->${selection.to}`)?.label
          : undefined;
    if (box) reveal(box);
  }, [selection, layout, reveal]);
}

/** A faint grid that moves with the drawing, so that panning and zooming are felt. */
function Backdrop({ transform }: { transform: ZoomTransform }) {
  return (
    <>
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
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="9"
          markerHeight="9"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0.5 0.5 7.5 4 0.5 7.5Z" fill="context-stroke" />
        </marker>
      </defs>
      <rect className={styles.backdrop} width="100%" height="100%" fill="url(#grid)" />
    </>
  );
}

const Drawing = memo(function Drawing({ laidOut: { graph, layout } }: { laidOut: LaidOutGraph }) {
  const search = useUi((ui) => ui.search);
  const edges = graph.edges.flatMap(({ id, from, to }) => {
    const place = layout.edges.get(id);
    const faded = !fitsSearch(search, from) && !fitsSearch(search, to);
    return place ? [{ id, from, to, place, faded }] : [];
  });
  return (
    <>
      {edges.map((edge) => (
        <EdgeLine key={edge.id} {...edge} />
      ))}
      {edges.map((edge) => (
        <EdgeLabel key={edge.id} {...edge} />
      ))}
      {graph.nodes.map((node) => {
        const box = layout.nodes.get(node.id);
        const faded = !fitsSearch(search, node.id);
        return box && <Node key={node.id} node={node} box={box} faded={faded} />;
      })}
    </>
  );
});
