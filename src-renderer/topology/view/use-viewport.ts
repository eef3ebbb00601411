import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { D3ZoomEvent, ZoomBehavior, ZoomTransform } from 'd3-zoom';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Box } from '../model/geometry.ts';
import { centredOn, fitView, isVisible } from '../model/viewport.ts';
import type { Size, View } from '../model/viewport.ts';

export interface Viewport {
  readonly transform: ZoomTransform;
  fit(): void;
  zoomBy(factor: number): void;
  /** Brings a part of the drawing into sight, if it is out of it. */
  reveal(box: Box): void;
}

type Svg = RefObject<SVGSVGElement | null>;
type Zoom = ZoomBehavior<SVGSVGElement, unknown>;

/** Pan and zoom of an SVG, and fitting a drawing with these bounds into it. */
export function useViewport(svg: Svg, bounds: Box | undefined): Viewport {
  const behaviour = useRef<Zoom>(zoom<SVGSVGElement, unknown>().scaleExtent([0.15, 3]));
  /** Until somebody pans or zooms, the drawing follows the window's size. */
  const untouched = useRef(true);
  const transform = useZoom(svg, behaviour, untouched);
  const show = useCallback(
    ({ k, x, y }: View) => {
      if (!svg.current) return;
      behaviour.current.transform(select(svg.current), zoomIdentity.translate(x, y).scale(k));
    },
    [svg],
  );
  const fit = useFit(svg, bounds, untouched, show);
  const zoomBy = useCallback(
    (factor: number) => {
      if (!svg.current) return;
      untouched.current = false;
      behaviour.current.scaleBy(select(svg.current), factor);
    },
    [svg],
  );
  const reveal = useCallback(
    (box: Box) => {
      if (!svg.current) return;
      const view = zoomTransform(svg.current);
      if (isVisible(box, view, sizeOf(svg.current))) return;
      untouched.current = false;
      show(centredOn(box, view, sizeOf(svg.current)));
    },
    [svg, show],
  );
  return { transform, fit, zoomBy, reveal };
}

/** What the mouse does to the drawing. */
function useZoom(
  svg: Svg,
  behaviour: RefObject<Zoom>,
  untouched: RefObject<boolean>,
): ZoomTransform {
  const [transform, setTransform] = useState(zoomIdentity);
  useEffect(() => {
    if (!svg.current) return;
    const target = select(svg.current);
    behaviour.current.on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (event.sourceEvent) untouched.current = false;
      setTransform(event.transform);
    });
    target.call(behaviour.current).on('dblclick.zoom', null);
    return () => void target.on('.zoom', null);
  }, [svg, behaviour, untouched]);
  return transform;
}

/** Fits on demand, and by itself while the drawing is untouched and its bounds or the window change. */
function useFit(
  svg: Svg,
  bounds: Box | undefined,
  untouched: RefObject<boolean>,
  show: (view: View) => void,
): () => void {
  const fitted = useRef<Size>(undefined);
  const fit = useCallback(() => {
    if (!svg.current || !bounds) return;
    untouched.current = true;
    fitted.current = sizeOf(svg.current);
    show(fitView(bounds, fitted.current));
  }, [svg, bounds, untouched, show]);
  useEffect(() => {
    const element = svg.current;
    if (!element || !bounds) return;
    // What is in sight stays where it is when services come and go.
    const stays = fitted.current && isVisible(bounds, zoomTransform(element), sizeOf(element));
    if (untouched.current && !stays) fit();
    const observer = new ResizeObserver(() => {
      if (untouched.current && !isSame(fitted.current, sizeOf(element))) fit();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [svg, bounds, untouched, fit]);
  return fit;
}

function sizeOf({ clientWidth, clientHeight }: Element): Size {
  return { width: clientWidth, height: clientHeight };
}

function isSame(a: Size | undefined, b: Size): boolean {
  return a?.width === b.width && a.height === b.height;
}
