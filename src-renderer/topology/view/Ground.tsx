/** The canvas below everything: redrawn when figures, selection or what is seen of it change. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { themeStore } from '../../app/theme.ts';
import { sceneStore } from '../scene-store.ts';
import styles from './Canvas.module.css';
import { fitCanvas } from './fit-canvas.ts';
import { paint, readColours } from './paint.ts';
import type { Picture } from './paint.ts';
import type { LaidOutGraph } from './use-layout.ts';
import type { Viewport } from './use-viewport.ts';
import type { Emphasis } from './use-emphasis.ts';

interface GroundProps {
  readonly laidOut: LaidOutGraph;
  readonly viewport: Viewport;
  readonly emphasis: Emphasis;
}

export function Ground({ laidOut, viewport, emphasis }: GroundProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useStore(themeStore, ({ shown }) => shown);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const colours = readColours();
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      const { scene, visible } = sceneStore.getState();
      const picture: Picture = {
        ...laidOut,
        ...emphasis,
        scene,
        colours,
        isVisible: (kind, id) =>
          (kind === 'node' ? visible?.nodes : visible?.edges)?.has(id) ?? true,
      };
      paint(context, picture, viewport.store.getState().view, fitCanvas(element));
    };
    const drawSoon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    drawSoon();
    const stops = [viewport.store.subscribe(drawSoon), sceneStore.subscribe(drawSoon)];
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(frame);
    };
  }, [laidOut, viewport.store, emphasis, theme]);
  return <canvas ref={canvas} className={styles.canvas} aria-hidden />;
}
