import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { dismissToast, toastStore } from './toasts.ts';
import styles from './Toasts.module.css';

export function Toasts() {
  const toasts = useStore(toastStore, (state) => state.toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {toasts.map(({ id, kind, text }) => (
        <div key={id} className={styles.toast} data-kind={kind}>
          <span>{text}</span>
          <button type="button" aria-label="Dismiss" onClick={() => dismissToast(id)}>
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
