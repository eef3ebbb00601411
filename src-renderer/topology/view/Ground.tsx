/** The canvas below everything: redrawn when figures, selection or what is seen of it change. */
import { useCallback } from 'react';
import { sceneStore } from '../scene-store.ts';
import styles from './Canvas.module.css';
import { paint } from './paint.ts';
import type { Picture } from './paint.ts';
import type { LaidOutGraph } from './use-layout.ts';
import { usePainting } from './use-painting.ts';
import type { Canvas } from './use-painting.ts';
import type { Viewport } from './use-viewport.ts';
import type { Emphasis } from './use-emphasis.ts';

interface GroundProps {
  readonly laidOut: LaidOutGraph;
  readonly viewport: Viewport;
  readonly emphasis: Emphasis;
}

export function Ground({ laidOut, viewport, emphasis }: GroundProps) {
  const { store } = viewport;
  const draw = useCallback(
    ({ context, colours, ratio }: Canvas): void => {
      const { scene, visible } = sceneStore.getState();
      const picture: Picture = {
        ...laidOut,
        ...emphasis,
        scene,
        colours,
        isVisible: (kind, id) =>
          (kind === 'node' ? visible?.nodes : visible?.edges)?.has(id) ?? true,
      };
      paint(context, picture, store.getState().view, ratio);
    },
    [laidOut, emphasis, store],
  );
  const canvas = usePainting(draw, viewport);
  return <canvas ref={canvas} className={styles.canvas} aria-hidden />;
}
