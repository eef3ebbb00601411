import { select } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import type { D3ZoomEvent, ZoomTransform } from 'd3-zoom';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

export interface Viewport {
  readonly transform: ZoomTransform;
  fit(): void;
  zoomBy(factor: number): void;
}

const MARGIN = 20;
/** Below stand the zoom buttons and the legend. */
const BOTTOM = 56;
const LARGEST_FIT = 1.15;

/** Pan and zoom of an SVG, and fitting a drawing of the given size into it. */
export function useViewport(
  svg: RefObject<SVGSVGElement | null>,
  drawing: { width: number; height: number } | undefined,
): Viewport {
  const [transform, setTransform] = useState(zoomIdentity);
  const behaviour = useRef(zoom<SVGSVGElement, unknown>().scaleExtent([0.15, 3]));
  /** Until somebody pans or zooms, the drawing follows the window's size. */
  const untouched = useRef(true);
  const width = drawing?.width ?? 0;
  const height = drawing?.height ?? 0;

  useEffect(() => {
    if (!svg.current) return;
    const target = select(svg.current);
    behaviour.current.on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (event.sourceEvent) untouched.current = false;
      setTransform(event.transform);
    });
    target.call(behaviour.current).on('dblclick.zoom', null);
    return () => void target.on('.zoom', null);
  }, [svg]);

  const fit = useCallback(() => {
    const element = svg.current;
    if (!element || width === 0) return;
    untouched.current = true;
    const { clientWidth, clientHeight } = element;
    const scale = Math.min(
      LARGEST_FIT,
      (clientWidth - 2 * MARGIN) / width,
      (clientHeight - MARGIN - BOTTOM) / height,
    );
    const x = (clientWidth - width * scale) / 2;
    const y = MARGIN + (clientHeight - MARGIN - BOTTOM - height * scale) / 2;
    behaviour.current.transform(select(element), zoomIdentity.translate(x, y).scale(scale));
  }, [svg, width, height]);

  const zoomBy = useCallback(
    (factor: number) => {
      if (!svg.current) return;
      untouched.current = false;
      behaviour.current.scaleBy(select(svg.current), factor);
    },
    [svg],
  );

  useEffect(() => {
    fit();
    if (!svg.current) return;
    const observer = new ResizeObserver(() => {
      if (untouched.current) fit();
    });
    observer.observe(svg.current);
    return () => observer.disconnect();
  }, [svg, fit]);

  return { transform, fit, zoomBy };
}
