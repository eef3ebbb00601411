import { useCallback, useEffect, useState } from 'react';
import type { PointerEvent as ReactPointerEvent } from 'react';
import type { InstanceState } from '../../src-main/api/contract/index.ts';
import { engineStore } from '../engine/store.ts';
import { actsOf } from './instance-act-list.ts';

/** An instance on its way to what is to be done to it. */
export interface DraggedInstance {
  readonly instance: InstanceState;
  /** Where the pointer is, in pixels of the window. */
  readonly x: number;
  readonly y: number;
  /** The act that it would be dropped on. */
  readonly over: string | undefined;
}

interface Grabbed {
  readonly instance: InstanceState;
  readonly x: number;
  readonly y: number;
  readonly pointer: number;
}

/** A click may tremble so far, in pixels, before it is a drag. */
const TREMBLE = 4;
/** On what an act is dropped: its id. */
export const DROP = 'data-drop';

/** What a pointer does something else with: texts are there to be copied. */
const OWN = 'button, a, [data-text]';

/** Lets instances be dragged onto acts; Escape, or nothing below, and nothing is done. */
export function useInstanceDrag() {
  const [grabbed, setGrabbed] = useState<Grabbed>();
  const [dragged, setDragged] = useState<DraggedInstance>();
  const grab = useCallback((instance: InstanceState, event: ReactPointerEvent): void => {
    const isOwn = event.target instanceof Element && event.target.closest(OWN) !== null;
    if (event.button !== 0 || isOwn) return;
    const { clientX: x, clientY: y, pointerId: pointer } = event;
    setGrabbed({ instance, x, y, pointer });
  }, []);
  useEffect(() => {
    if (!grabbed) return;
    const { instance, x, y, pointer } = grabbed;
    let isMoved = false;
    const end = (): void => {
      setGrabbed(undefined);
      setDragged(undefined);
    };
    const onMove = (event: PointerEvent): void => {
      if (event.pointerId !== pointer) return;
      isMoved ||= Math.hypot(event.clientX - x, event.clientY - y) > TREMBLE;
      if (!isMoved) return;
      event.preventDefault();
      setDragged({ instance, x: event.clientX, y: event.clientY, over: actAt(event) });
    };
    const onUp = (event: PointerEvent): void => {
      if (event.pointerId !== pointer) return;
      const over = isMoved ? actAt(event) : undefined;
      end();
      if (over !== undefined) perform(instance, over);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      end();
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, true);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, true);
    };
  }, [grabbed]);
  return { dragged, grab };
}

function actAt({ clientX, clientY }: PointerEvent): string | undefined {
  const below = document.elementFromPoint(clientX, clientY)?.closest(`[${DROP}]`);
  return below?.getAttribute(DROP) ?? undefined;
}

/** As things are now, not as they were when it was grabbed. */
function perform({ id }: InstanceState, act: string): void {
  const { state } = engineStore.getState();
  const instance = state?.instances[id];
  if (!state || !instance) return;
  actsOf(instance, state.document.content)
    .find((one) => one.id === act)
    ?.perform();
}
