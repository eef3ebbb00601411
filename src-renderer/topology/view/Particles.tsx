/** Requests on their way, drawn on a canvas: no component is rendered for any of them. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { themeStore } from '../../app/theme.ts';
import type { HitMap } from '../model/hit.ts';
import { spawnParticles } from '../model/particles.ts';
import type { Outcome, Particle } from '../model/particles.ts';
import { flowsOf } from '../model/scene.ts';
import { sceneStore } from '../scene-store.ts';
import styles from './Canvas.module.css';
import { fitCanvas } from './fit-canvas.ts';
import { readColours } from './paint.ts';
import type { ColourName, Colours } from './paint.ts';
import type { Viewport } from './use-viewport.ts';

const COLOURS: Record<Outcome, ColourName> = {
  ok: 'ok',
  clientError: 'warn',
  failed: 'bad',
  injected: 'injected',
};
const RADIUS: Record<Outcome, number> = { ok: 2.6, clientError: 3, failed: 3.6, injected: 3.4 };
const OUTCOMES = Object.keys(COLOURS) as Outcome[];
/** From afar a point would be smaller than a pixel. */
const LEAST = 1.6;
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** A moment, and where the drawing is then: at `x` and `y`, `k` times as large, in pixels. */
interface Frame {
  readonly now: number;
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

interface ParticlesProps {
  readonly map: HitMap;
  readonly viewport: Viewport;
}

export function Particles({ map, viewport }: ParticlesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const particles = useRef<Particle[]>([]);
  const theme = useStore(themeStore, ({ shown }) => shown);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const colours = readColours();
    let frame = 0;
    // Runs while something moves, and not a frame longer.
    const draw = (): void => {
      const { view } = viewport.store.getState();
      const ratio = fitCanvas(element);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, element.width, element.height);
      const now = performance.now();
      particles.current = particles.current.filter(({ begins, lasts }) => now - begins < lasts);
      const [k, x, y] = [view.k * ratio, view.x * ratio, view.y * ratio];
      drawParticles(context, particles.current, map, colours, { now, k, x, y });
      const goesOn = particles.current.length > 0 && !document.hidden;
      frame = goesOn ? requestAnimationFrame(draw) : 0;
    };
    const stop = onScene((more) => {
      particles.current.push(...more);
      if (frame === 0) frame = requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [map, viewport.store, theme]);
  return <canvas ref={canvas} className={styles.canvas} aria-hidden />;
}

/**
 * A new source of figures has requests that were not shown yet; the same one may be drawn anew for
 * other reasons, and then has none. A hidden window has nobody to show them to.
 */
function onScene(listener: (particles: Particle[]) => void): () => void {
  let last = sceneStore.getState().source;
  return sceneStore.subscribe(({ graph, scene, visible, source }) => {
    if (source === last) return;
    last = source;
    if (document.hidden || STILL.matches) return;
    const flows = flowsOf(graph, scene);
    const shown = flows.filter(({ from, to }) => visible?.edges.has(`${from}->${to}`) ?? true);
    listener(spawnParticles(shown, performance.now(), Math.random));
  });
}

/** Below this radius, in pixels of the canvas, a circle looks as a square does, which costs a third. */
const SQUARE = 2.5;

/** One path for all circles of a colour: filling is what costs. What is out of sight is left out. */
function drawParticles(
  context: CanvasRenderingContext2D,
  particles: readonly Particle[],
  { tracks }: HitMap,
  colours: Colours,
  { now, k, x: left, y: top }: Frame,
): void {
  const { width, height } = context.canvas;
  for (const outcome of OUTCOMES) {
    const radius = RADIUS[outcome] * Math.max(k, LEAST / RADIUS.ok);
    const side = radius * Math.sqrt(Math.PI);
    context.fillStyle = colours[COLOURS[outcome]];
    context.beginPath();
    for (const particle of particles) {
      const share = (now - particle.begins) / particle.lasts;
      const track = particle.outcome === outcome && share >= 0 && tracks.get(particle.edge);
      if (!track) continue;
      const at = track.at(share);
      const [x, y] = [at.x * k + left, at.y * k + top];
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) continue;
      if (radius < SQUARE) context.fillRect(x - side / 2, y - side / 2, side, side);
      else {
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    context.fill();
  }
}
