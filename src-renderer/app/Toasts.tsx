import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { dismissToast, toastStore } from './toasts.ts';
import type { Toast } from './toasts.ts';
import styles from './Toasts.module.css';

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

export function Toasts() {
  const toasts = useStore(toastStore, (state) => state.toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Message key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Message({ toast: { id, kind, title, text, action } }: { toast: Toast }) {
  const Icon = ICONS[kind];
  return (
    <div className={styles.toast} data-kind={kind} data-testid="toast">
      <Icon size={16} aria-hidden />
      <div className={styles.text}>
        {title !== undefined && <b>{title}</b>}
        <p>{text}</p>
      </div>
      {action && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            dismissToast(id);
            action.perform();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className={styles.close}
        aria-label="Dismiss"
        onClick={() => dismissToast(id)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
