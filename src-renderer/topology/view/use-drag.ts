import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Point } from '../model/geometry.ts';
import type { GraphLayout, LaidOutGraph } from './use-layout.ts';
import type { Viewport } from './use-viewport.ts';

/** A click may tremble so far, in pixels, before it is a drag. */
const TREMBLE = 4;

interface Dragging {
  readonly pointer: number;
  readonly from: Point;
  /** Upper left corners of what is dragged, before. */
  readonly places: ReadonlyMap<string, Point>;
  moved: boolean;
}

/**
 * Lets nodes, and groups by their names, be dragged: whatever has `data-drags`. A click on it stays a
 * click.
 */
export function useDrag(
  stage: RefObject<HTMLElement | null>,
  { laidOut, drag, drop }: GraphLayout,
  { store }: Viewport,
): void {
  const latest = useRef({ laidOut, drag, drop });
  latest.current = { laidOut, drag, drop };
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    let now: Dragging | undefined;
    const placed = (event: PointerEvent, { from, places }: Dragging): Map<string, Point> => {
      const { k } = store.getState().view;
      const [dx, dy] = [(event.clientX - from.x) / k, (event.clientY - from.y) / k];
      return new Map([...places].map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }]));
    };
    const onDown = (event: PointerEvent): void => {
      const target = event.target instanceof Element && event.target.closest('[data-drags]');
      if (!(target instanceof HTMLElement) || event.button !== 0) return;
      const from = { x: event.clientX, y: event.clientY };
      const places = placesOf(target.dataset['drags'] ?? '', latest.current.laidOut);
      now = { pointer: event.pointerId, from, places, moved: false };
    };
    const onMove = (event: PointerEvent): void => {
      if (now?.pointer !== event.pointerId) return;
      const far = Math.hypot(event.clientX - now.from.x, event.clientY - now.from.y) > TREMBLE;
      if (!now.moved && !far) return;
      if (!now.moved) element.setPointerCapture(event.pointerId);
      now.moved = true;
      latest.current.drag(placed(event, now));
    };
    const onUp = (event: PointerEvent): void => {
      if (now?.pointer !== event.pointerId) return;
      if (now.moved) latest.current.drop(placed(event, now));
      now = undefined;
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
    };
  }, [stage, store]);
}

/** Of one node, or of all of a group's. */
function placesOf(what: string, laidOut: LaidOutGraph | undefined): Map<string, Point> {
  const { graph, layout } = laidOut ?? {};
  const ids = layout?.nodes.has(what)
    ? [what]
    : (graph?.nodes ?? []).filter(({ group }) => `group:${group}` === what).map(({ id }) => id);
  return new Map(
    ids.flatMap((id) => {
      const box = layout?.nodes.get(id);
      return box ? [[id, { x: box.x, y: box.y }] as const] : [];
    }),
  );
}
