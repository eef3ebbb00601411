/** All of the drawing in a corner, while only a part of it is seen; a click goes there. */
import { useCallback } from 'react';
import type { PointerEvent } from 'react';
import { useStore } from 'zustand';
import { encloses } from '../model/geometry.ts';
import type { Box } from '../model/geometry.ts';
import { visiblePart } from '../model/viewport.ts';
import { sceneStore } from '../scene-store.ts';
import styles from './Minimap.module.css';
import { HEALTH_COLOUR } from './paint.ts';
import type { LaidOutGraph } from './use-layout.ts';
import { usePainting } from './use-painting.ts';
import type { Canvas } from './use-painting.ts';
import type { Seen, Viewport } from './use-viewport.ts';

const WIDTH = 168;
const TALLEST = 120;

export function Minimap({ laidOut, viewport }: { laidOut: LaidOutGraph; viewport: Viewport }) {
  const { bounds } = laidOut.layout;
  const scale = Math.min(WIDTH / bounds.width, TALLEST / bounds.height);
  const size = { width: bounds.width * scale, height: bounds.height * scale };
  const isWhole = useStore(viewport.store, (seen) => seesAll(seen, bounds));
  const { store } = viewport;
  const draw = useCallback(
    ({ context, colours, ratio }: Canvas): void => {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, context.canvas.width, context.canvas.height);
      const k = scale * ratio;
      context.setTransform(k, 0, 0, k, -bounds.x * k, -bounds.y * k);
      const { scene } = sceneStore.getState();
      for (const [id, { x, y, width, height }] of laidOut.layout.nodes) {
        context.fillStyle = colours[HEALTH_COLOUR[scene.nodes.get(id)?.health ?? 'idle']];
        context.fillRect(x, y, width, height);
      }
      const { view, size: screen } = store.getState();
      const part = visiblePart(view, screen);
      context.lineWidth = 2 / k;
      context.strokeStyle = colours.accent;
      context.strokeRect(part.x, part.y, part.width, part.height);
    },
    [laidOut, store, bounds, scale],
  );
  const canvas = usePainting(draw, viewport, !isWhole);
  if (isWhole) return null;
  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons === 0) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / scale, (event.clientY - top) / scale];
    viewport.centreOn({ x: bounds.x + x, y: bounds.y + y, width: 0, height: 0 });
  };
  return (
    <div className={styles.minimap} data-testid="minimap">
      <canvas
        ref={canvas}
        style={size}
        onPointerDown={go}
        onPointerMove={go}
        role="img"
        aria-label="Overview of the graph"
      />
    </div>
  );
}

function seesAll({ view, size }: Seen, bounds: Box): boolean {
  return size.width === 0 || encloses(visiblePart(view, size), bounds);
}
