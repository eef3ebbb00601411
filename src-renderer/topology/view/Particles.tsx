/** Requests on their way, drawn on a canvas: no component is rendered for any of them. */
import type { ZoomTransform } from 'd3-zoom';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { EdgeState } from '../../../src-main/api/contract/index.ts';
import { themeStore } from '../../app/theme.ts';
import { engineStore } from '../../engine/store.ts';
import { contains } from '../model/geometry.ts';
import type { Box } from '../model/geometry.ts';
import { labelsAcross } from '../model/labels.ts';
import type { Layout } from '../model/layout.ts';
import { spawnParticles } from '../model/particles.ts';
import type { Outcome, Particle } from '../model/particles.ts';
import styles from './Particles.module.css';

const COLOURS: Record<Outcome, string> = {
  ok: '--ok',
  clientError: '--warn',
  failed: '--bad',
  injected: '--injected',
};
const RADIUS: Record<Outcome, number> = { ok: 2.6, clientError: 3, failed: 3.6, injected: 3.4 };
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

export function Particles({ layout, transform }: { layout: Layout; transform: ZoomTransform }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const particles = useRef<Particle[]>([]);
  const view = useRef(transform);
  const theme = useStore(themeStore, ({ shown }) => shown);
  view.current = transform;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const colours = readColours();
    const labels = labelsAcross(layout.edges);
    let frame = 0;
    // Runs while something moves, and not a frame longer.
    const draw = (): void => {
      particles.current = drawFrame(
        context,
        element,
        particles.current,
        layout,
        labels,
        view.current,
        colours,
      );
      frame = particles.current.length > 0 ? requestAnimationFrame(draw) : 0;
    };
    const stop = onTick((edges) => {
      particles.current.push(...spawnParticles(edges, performance.now(), Math.random));
      if (frame === 0) frame = requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [layout, theme]);

  return <canvas ref={canvas} className={styles.canvas} aria-hidden />;
}

/** A new object of edges is a new tick; a hidden window has nobody to show it to. */
function onTick(listener: (edges: EdgeState[]) => void): () => void {
  let last = engineStore.getState().state?.edges;
  return engineStore.subscribe(({ state }) => {
    if (!state || state.edges === last) return;
    last = state.edges;
    if (!document.hidden && !STILL.matches) listener(Object.values(state.edges));
  });
}

function readColours(): Record<Outcome, string> {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries(COLOURS).map(([outcome, name]) => [
    outcome,
    style.getPropertyValue(name),
  ]);
  return Object.fromEntries(entries) as Record<Outcome, string>;
}

/** Draws those that are under way; returns those that are not there yet. */
function drawFrame(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  particles: readonly Particle[],
  layout: Layout,
  labels: ReadonlyMap<string, readonly Box[]>,
  { k, x, y }: ZoomTransform,
  colours: Record<Outcome, string>,
): Particle[] {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  if (particles.length === 0) return [];
  context.setTransform(k * ratio, 0, 0, k * ratio, x * ratio, y * ratio);
  const now = performance.now();
  return particles.filter((particle) => {
    const share = (now - particle.begins) / particle.lasts;
    if (share >= 1) return false;
    const edge = layout.edges.get(particle.edge);
    if (share < 0 || !edge) return edge !== undefined;
    const point = edge.track.at(share);
    // It passes behind labels, whose figures must stay readable.
    if (labels.get(particle.edge)?.some((label) => contains(label, point))) return true;
    context.fillStyle = colours[particle.outcome];
    context.beginPath();
    context.arc(point.x, point.y, RADIUS[particle.outcome], 0, 2 * Math.PI);
    context.fill();
    return true;
  });
}
