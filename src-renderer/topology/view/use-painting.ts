/** A canvas that is painted anew, once a frame at most, when figures or what is seen of them change. */
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useStore } from 'zustand';
import { themeStore } from '../../app/theme.ts';
import { sceneStore } from '../scene-store.ts';
import { fitCanvas } from './fit-canvas.ts';
import { readColours } from './paint.ts';
import type { Colours } from './paint.ts';
import type { Viewport } from './use-viewport.ts';

/** What a painting is made with. */
export interface Canvas {
  readonly context: CanvasRenderingContext2D;
  readonly colours: Colours;
  /** Pixels of the screen for one of CSS. */
  readonly ratio: number;
}

/**
 * @param paint kept by its caller (`useCallback`): another one paints at once
 * @param shown whether the canvas is there at all
 */
export function usePainting(
  paint: (canvas: Canvas) => void,
  viewport: Viewport,
  shown = true,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useStore(themeStore, (state) => state.shown);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!shown || !element || !context) return;
    const colours = readColours();
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      paint({ context, colours, ratio: fitCanvas(element) });
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
    // Another theme has other colours.
  }, [paint, viewport.store, theme, shown]);
  return canvas;
}
