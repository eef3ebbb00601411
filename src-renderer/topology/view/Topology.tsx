/**
 * The live graph, in three layers: lines and groups on a canvas, requests on another one, and above
 * them cards and labels as elements of the page, as far as they are in sight.
 */
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import { select, useUi } from '../../app/ui-store.ts';
import { HitMap } from '../model/hit.ts';
import { sceneStore, useVisible } from '../scene-store.ts';
import { useFocus, useTable } from '../settings-store.ts';
import { onViewportRequest } from '../viewport-requests.ts';
import { Controls } from './Controls.tsx';
import { EdgeLabel } from './Edge.tsx';
import { FilterBar } from './FilterBar.tsx';
import { FirstLookNotice } from './FirstLookNotice.tsx';
import { Ground } from './Ground.tsx';
import { Legend } from './Legend.tsx';
import { Minimap } from './Minimap.tsx';
import { GroupHead, Node } from './Node.tsx';
import { FAR } from './paint.ts';
import { Particles } from './Particles.tsx';
import { ServiceTable } from './ServiceTable.tsx';
import { TimeBar } from './TimeBar.tsx';
import styles from './Topology.module.css';
import { useDrag } from './use-drag.ts';
import { useEmphasis } from './use-emphasis.ts';
import type { Emphasis } from './use-emphasis.ts';
import { toggleGroup, useLayout } from './use-layout.ts';
import type { GraphLayout, LaidOutGraph } from './use-layout.ts';
import { useNear } from './use-near.ts';
import { useViewport } from './use-viewport.ts';
import type { Viewport } from './use-viewport.ts';

export const ZOOM_STEP = 1.3;
/** How far from a line a click still means it, in pixels of the screen. */
const REACH = 8;

export function Topology() {
  const layout = useLayout();
  const { laidOut } = layout;
  const stage = useRef<HTMLDivElement>(null);
  const viewport = useViewport(stage, laidOut?.layout.bounds);
  const emphasis = useEmphasis(laidOut?.graph);
  const map = useMemo(() => laidOut && new HitMap(laidOut.layout), [laidOut]);
  const table = useTable();
  useRequests(viewport, layout);
  useReveal(viewport, laidOut);
  useFitOfFocus(viewport, laidOut);
  useDrag(stage, layout, viewport);
  return (
    <section className={styles.topology} aria-label="Topology" data-table={table || undefined}>
      <div className={styles.top}>
        <FilterBar grouping={layout.grouping} />
        <FirstLookNotice grouping={layout.grouping} />
      </div>
      {table && <ServiceTable />}
      <div
        ref={stage}
        className={styles.stage}
        data-testid="graph"
        onClick={(event) => map && laidOut && onGround(event, map, laidOut, viewport, layout)}
        onMouseMove={(event) => map && pointAt(event, map, viewport)}
      >
        {laidOut && map && (
          <>
            <Ground laidOut={laidOut} viewport={viewport} emphasis={emphasis} />
            <Particles map={map} viewport={viewport} />
            <Overlay laidOut={laidOut} viewport={viewport} emphasis={emphasis} layout={layout} />
          </>
        )}
        {!laidOut && <p className={styles.waiting}>Laying the graph out…</p>}
      </div>
      <Controls viewport={viewport} layout={layout} />
      {laidOut && <Minimap laidOut={laidOut} viewport={viewport} />}
      <Legend />
      <TimeBar />
    </section>
  );
}

interface OverlayProps {
  readonly laidOut: LaidOutGraph;
  readonly viewport: Viewport;
  readonly emphasis: Emphasis;
  readonly layout: GraphLayout;
}

/** Cards and labels; they move with the drawing without being rendered anew. */
const Overlay = memo(function Overlay({ laidOut, viewport, emphasis, layout }: OverlayProps) {
  const { graph, layout: places } = laidOut;
  const near = useNear(laidOut, viewport);
  const visible = useVisible();
  const layer = useRef<HTMLDivElement>(null);
  useFollow(layer, viewport);
  const grouping = useRef(layout.grouping);
  grouping.current = layout.grouping;
  const onToggle = useCallback((group: string) => toggleGroup(grouping.current, group), []);
  return (
    <div ref={layer} className={styles.overlay}>
      {!near.far &&
        [...places.groups].map(([name, box]) => (
          <GroupHead key={name} name={name} box={box} onToggle={onToggle} />
        ))}
      {graph.edges.map(({ id, from, to }) => {
        const box = places.edges.get(id)?.label;
        if (!box || !near.edges.has(id) || visible?.edges.has(id) === false) return null;
        const faded = emphasis.isFaded('edge', id);
        const selected = emphasis.isSelected('edge', id);
        return (
          <EdgeLabel key={id} from={from} to={to} box={box} faded={faded} selected={selected} />
        );
      })}
      {graph.nodes.map((node) => {
        const box = places.nodes.get(node.id);
        if (!box || !near.nodes.has(node.id) || visible?.nodes.has(node.id) === false) return null;
        return (
          <Node
            key={node.id}
            node={node}
            box={box}
            faded={emphasis.isFaded('node', node.id)}
            selected={emphasis.isSelected('node', node.id)}
            onToggle={onToggle}
          />
        );
      })}
    </div>
  );
});

function useFollow(layer: RefObject<HTMLDivElement | null>, { store }: Viewport): void {
  useEffect(() => {
    const follow = (): void => {
      const { view } = store.getState();
      if (layer.current) {
        layer.current.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
      }
    };
    follow();
    return store.subscribe(follow);
  }, [layer, store]);
}

function useRequests({ fit, zoomBy }: Viewport, { reset }: GraphLayout): void {
  useEffect(
    () =>
      onViewportRequest((request) => {
        if (request === 'fit') fit();
        else if (request === 'reset-layout') reset();
        else zoomBy(request === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP);
      }),
    [fit, zoomBy, reset],
  );
}

/** What is selected by palette or search may be out of sight. */
function useReveal({ reveal }: Viewport, laidOut: LaidOutGraph | undefined): void {
  const selection = useUi((ui) => ui.selection);
  const layout = laidOut?.layout;
  const shown = useRef(selection);
  useEffect(() => {
    const { nodes, edges } = layout ?? {};
    const box =
      selection.kind === 'service'
        ? nodes?.get(selection.name)
        : selection.kind === 'edge'
          ? edges?.get(`${selection.from}->${selection.to}`)?.label
          : undefined;
    // Once for each selection: whoever pans away from it wants to see something else.
    if (!box || shown.current === selection) return;
    shown.current = selection;
    reveal(box);
  }, [selection, layout, reveal]);
}

/** Other services than before are looked for: they are shown as a whole, wherever one was. */
function useFitOfFocus({ fit }: Viewport, laidOut: LaidOutGraph | undefined): void {
  const focused = useFocus();
  const nodes = laidOut?.graph.nodes.map(({ id }) => id).join() ?? '';
  const latest = useRef(fit);
  latest.current = fit;
  useEffect(() => {
    if (focused && nodes !== '') latest.current();
  }, [focused, nodes]);
}

interface At {
  readonly clientX: number;
  readonly clientY: number;
  readonly currentTarget: HTMLElement;
  readonly target: EventTarget;
}

function placeOf({ clientX, clientY, currentTarget }: At, { store }: Viewport) {
  const { view } = store.getState();
  const { left, top } = currentTarget.getBoundingClientRect();
  const point = { x: (clientX - left - view.x) / view.k, y: (clientY - top - view.y) / view.k };
  return { point, k: view.k };
}

/** What is painted has no element that could be clicked: lines, and from afar the nodes. */
function whatIsAt(event: At, map: HitMap, viewport: Viewport) {
  const { point, k } = placeOf(event, viewport);
  const { visible } = sceneStore.getState();
  const node = k < FAR ? map.node(point) : undefined;
  if (node !== undefined && visible?.nodes.has(node) !== false) return { node };
  return { edge: map.edge(point, REACH / k, (id) => visible?.edges.has(id) !== false) };
}

function isOnElement({ target }: At): boolean {
  return target instanceof Element && target.closest('button') !== null;
}

function onGround(
  event: At,
  map: HitMap,
  { graph }: LaidOutGraph,
  viewport: Viewport,
  { grouping }: GraphLayout,
): void {
  if (isOnElement(event)) return;
  const { node, edge } = whatIsAt(event, map, viewport);
  const found = graph.edges.find(({ id }) => id === edge);
  if (node?.startsWith('group:')) toggleGroup(grouping, node.slice('group:'.length));
  else if (node !== undefined && node !== 'gateway') select({ kind: 'service', name: node });
  else if (found) select({ kind: 'edge', from: found.from, to: found.to });
  else select({ kind: 'none' });
}

/** The pointer shows what could be clicked. */
function pointAt(event: At & { readonly buttons: number }, map: HitMap, viewport: Viewport): void {
  if (event.buttons !== 0 || isOnElement(event)) return;
  const { node, edge } = whatIsAt(event, map, viewport);
  const { dataset } = event.currentTarget;
  if (node === undefined && edge === undefined) delete dataset['over'];
  else dataset['over'] = node ?? edge;
  event.currentTarget.title = node ?? edge?.replace('->', ' → ') ?? '';
}
