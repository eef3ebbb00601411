import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { D3ZoomEvent, ZoomBehavior } from 'd3-zoom';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Box } from '../model/geometry.ts';
import { centredOn, fitView, isVisible } from '../model/viewport.ts';
import type { Size, View } from '../model/viewport.ts';

/** What is seen of the drawing, and how large the window onto it is. */
export interface Seen {
  readonly view: View;
  readonly size: Size;
}

export interface Viewport {
  /** Followed by what is drawn, without rendering anything anew. */
  readonly store: StoreApi<Seen>;
  fit(): void;
  zoomBy(factor: number): void;
  /** Brings a part of the drawing into sight, if it is out of it. */
  reveal(box: Box): void;
  /** Puts a place of the drawing into the middle. */
  centreOn(box: Box): void;
}

type Stage = RefObject<HTMLElement | null>;
type Zoom = ZoomBehavior<HTMLElement, unknown>;

const FURTHEST = 0.05;
const NEAREST = 3;

/** Pan and zoom of a stage, and fitting a drawing with these bounds into it. */
export function useViewport(stage: Stage, bounds: Box | undefined): Viewport {
  const behaviour = useRef<Zoom>(zoom<HTMLElement, unknown>().scaleExtent([FURTHEST, NEAREST]));
  /** Until somebody pans or zooms, the drawing follows the window's size. */
  const untouched = useRef(true);
  const [store] = useState(() =>
    createStore<Seen>(() => ({ view: zoomIdentity, size: { width: 0, height: 0 } })),
  );
  useZoom(stage, behaviour, untouched, store);
  const show = useCallback(
    ({ k, x, y }: View) => {
      if (!stage.current) return;
      behaviour.current.transform(select(stage.current), zoomIdentity.translate(x, y).scale(k));
    },
    [stage],
  );
  const fit = useFit(stage, bounds, untouched, show, store);
  const zoomBy = useCallback(
    (factor: number) => {
      if (!stage.current) return;
      untouched.current = false;
      behaviour.current.scaleBy(select(stage.current), factor);
    },
    [stage],
  );
  const centreOn = useCallback(
    (box: Box) => {
      if (!stage.current) return;
      untouched.current = false;
      show(centredOn(box, zoomTransform(stage.current), sizeOf(stage.current)));
    },
    [stage, show],
  );
  const reveal = useCallback(
    (box: Box) => {
      if (!stage.current) return;
      if (!isVisible(box, zoomTransform(stage.current), sizeOf(stage.current))) centreOn(box);
    },
    [stage, centreOn],
  );
  return { store, fit, zoomBy, reveal, centreOn };
}

/** What the mouse does to the drawing. What has a drag of its own is left alone. */
function useZoom(
  stage: Stage,
  behaviour: RefObject<Zoom>,
  untouched: RefObject<boolean>,
  store: StoreApi<Seen>,
): void {
  useEffect(() => {
    if (!stage.current) return;
    const target = select(stage.current);
    behaviour.current
      .filter((event: MouseEvent) => {
        const own = event.type !== 'wheel' && event.target instanceof Element;
        if (own && event.target.closest('[data-drags]')) return false;
        return (!event.ctrlKey || event.type === 'wheel') && !event.button;
      })
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent) untouched.current = false;
        store.setState({ view: event.transform });
      });
    target.call(behaviour.current).on('dblclick.zoom', null);
    return () => void target.on('.zoom', null);
  }, [stage, behaviour, untouched, store]);
}

/** Fits on demand, and by itself while the drawing is untouched and its bounds or the window change. */
function useFit(
  stage: Stage,
  bounds: Box | undefined,
  untouched: RefObject<boolean>,
  show: (view: View) => void,
  store: StoreApi<Seen>,
): () => void {
  const fitted = useRef<Size>(undefined);
  const fit = useCallback(() => {
    if (!stage.current || !bounds) return;
    untouched.current = true;
    fitted.current = sizeOf(stage.current);
    show(fitView(bounds, fitted.current));
  }, [stage, bounds, untouched, show]);
  useEffect(() => {
    const element = stage.current;
    if (!element || !bounds) return;
    // What is in sight stays where it is when services come and go.
    const stays = fitted.current && isVisible(bounds, zoomTransform(element), sizeOf(element));
    if (untouched.current && !stays) fit();
    const observer = new ResizeObserver(() => {
      store.setState({ size: sizeOf(element) });
      if (untouched.current && !isSame(fitted.current, sizeOf(element))) fit();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage, bounds, untouched, fit, store]);
  return fit;
}

function sizeOf({ clientWidth, clientHeight }: Element): Size {
  return { width: clientWidth, height: clientHeight };
}

function isSame(a: Size | undefined, b: Size): boolean {
  return a?.width === b.width && a.height === b.height;
}
