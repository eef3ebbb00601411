/** The upper edge of the drawer, by which it is made higher or lower: by mouse or arrow keys. */
import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './Drawer.module.css';
import { HIGHEST, LOWEST } from './use-drawer-height.ts';

const STEP = 24;

interface DrawerEdgeProps {
  readonly height: number;
  onHeight(height: number): void;
}

export function DrawerEdge({ height, onHeight }: DrawerEdgeProps) {
  const onPointer = ({ currentTarget, pointerId, clientY: from }: PointerEvent): void => {
    const edge = currentTarget as HTMLElement;
    edge.setPointerCapture(pointerId);
    edge.onpointermove = ({ clientY }) => onHeight(height + from - clientY);
    edge.onlostpointercapture = () => (edge.onpointermove = null);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onHeight(height + step);
  };
  return (
    <div
      className={styles.edge}
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the requests"
      aria-valuenow={height}
      aria-valuemin={LOWEST}
      aria-valuemax={HIGHEST}
      tabIndex={0}
      onPointerDown={onPointer}
      onKeyDown={onKey}
    />
  );
}
