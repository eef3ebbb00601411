/** The edge of a part of the window, which can be dragged, and moved by arrow keys. */
import { useState } from 'react';
import { useStore } from 'zustand';
import { clampSize, setSize, sizeStore } from './panel-sizes.ts';
import type { SizeLimits } from './panel-sizes.ts';
import styles from './Resizer.module.css';

const STEP = 16;

/** The size of a part of the window as it was dragged, in pixels. */
export function useSize(name: string, limits: SizeLimits): number {
  return clampSize(
    useStore(sizeStore, (sizes) => sizes[name]),
    limits,
  );
}

interface ResizerProps {
  readonly name: string;
  readonly label: string;
  /** `x`: the part lies to the right of the edge; `y`: below it. */
  readonly axis: 'x' | 'y';
  readonly limits: SizeLimits;
}

export function Resizer({ name, label, axis, limits }: ResizerProps) {
  const size = useSize(name, limits);
  const [grip, setGrip] = useState<number>();
  const set = (next: number): void => setSize(name, clampSize(next, limits));
  const onKey = (key: string): boolean => {
    const larger = axis === 'x' ? 'ArrowLeft' : 'ArrowUp';
    const smaller = axis === 'x' ? 'ArrowRight' : 'ArrowDown';
    if (key === 'Home') set(limits.usual);
    else if (key === larger) set(size + STEP);
    else if (key === smaller) set(size - STEP);
    else return false;
    return true;
  };
  return (
    <div
      className={styles.resizer}
      role="separator"
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      tabIndex={0}
      data-axis={axis}
      data-active={grip !== undefined || undefined}
      data-testid={`resize-${name}`}
      title="Drag to resize; double-click for the usual size"
      onDoubleClick={() => set(limits.usual)}
      onKeyDown={(event) => {
        if (onKey(event.key)) event.preventDefault();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setGrip(size + (axis === 'x' ? event.clientX : event.clientY));
      }}
      onPointerMove={(event) => {
        if (grip !== undefined) set(grip - (axis === 'x' ? event.clientX : event.clientY));
      }}
      onPointerUp={() => setGrip(undefined)}
      onPointerCancel={() => setGrip(undefined)}
    />
  );
}
