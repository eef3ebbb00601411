/** What an instance that is dragged can be dropped on. The same acts are in its menu, for the keyboard. */
import { createPortal } from 'react-dom';
import { useEngine } from '../engine/store.ts';
import { actsOf } from './instance-act-list.ts';
import styles from './InstanceTray.module.css';
import type { DraggedInstance } from './use-instance-drag.ts';

export function InstanceTray({ dragged }: { dragged: DraggedInstance }) {
  const { instance, x, y, over } = dragged;
  const content = useEngine(({ document }) => document.content);
  return createPortal(
    <>
      <div className={styles.tray} data-testid="instance-tray">
        {actsOf(instance, content).map(({ id, label, help, icon: Icon, hurts }) => (
          <div
            key={id}
            className={styles.act}
            data-drop={id}
            data-hurts={hurts || undefined}
            data-over={over === id || undefined}
            title={help}
          >
            <Icon size={20} aria-hidden />
            {label}
          </div>
        ))}
      </div>
      <div className={styles.ghost} style={{ transform: `translate(${x + 10}px, ${y + 10}px)` }}>
        {instance.id}
      </div>
    </>,
    document.body,
  );
}
