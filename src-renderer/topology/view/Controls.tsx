/** What can be done with the drawing as a whole. */
import { FileImage, Image, LayoutDashboard, Maximize, Minus, Plus } from 'lucide-react';
import { useUi } from '../../app/ui-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { savePicture } from './save-picture.ts';
import styles from './Controls.module.css';
import type { GraphLayout } from './use-layout.ts';
import type { Viewport } from './use-viewport.ts';

const ZOOM_STEP = 1.3;

export function Controls({ viewport, layout }: { viewport: Viewport; layout: GraphLayout }) {
  const { fit, zoomBy } = viewport;
  const search = useUi((ui) => ui.search);
  const save = (kind: 'svg' | 'png'): void => {
    if (layout.laidOut) void savePicture(kind, layout.laidOut, search);
  };
  return (
    <div className={styles.controls} role="toolbar" aria-label="Graph">
      <IconButton label="Zoom in" icon={Plus} onClick={() => zoomBy(ZOOM_STEP)} />
      <IconButton label="Zoom out" icon={Minus} onClick={() => zoomBy(1 / ZOOM_STEP)} />
      <IconButton label="Fit the graph" icon={Maximize} onClick={fit} />
      <IconButton
        label="Lay out anew, and forget what was dragged"
        icon={LayoutDashboard}
        testId="reset-layout"
        onClick={layout.reset}
      />
      <span className={styles.gap} />
      <IconButton
        label="Save the graph as SVG"
        icon={FileImage}
        testId="save-svg"
        onClick={() => save('svg')}
      />
      <IconButton
        label="Save the graph as PNG"
        icon={Image}
        testId="save-png"
        onClick={() => save('png')}
      />
    </div>
  );
}
