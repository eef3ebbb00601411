/** Short messages that go away by themselves. */
import { createStore } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'warning' | 'error';
  readonly title?: string;
  readonly text: string;
  /** What can be done about it. */
  readonly action?: { readonly label: string; perform(): void };
}

/** Milliseconds; what is wrong is read more slowly. */
const SHOWN_FOR = { info: 6_000, warning: 9_000, error: 9_000 } as const;
/** More at once hide what they are about. */
const MOST_SHOWN = 4;
let nextId = 1;

export const toastStore = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

export function showToast(
  kind: Toast['kind'],
  text: string,
  more: Pick<Toast, 'title' | 'action'> = {},
): void {
  const id = nextId++;
  toastStore.setState(({ toasts }) => ({
    toasts: [...toasts, { id, kind, text, ...more }].slice(-MOST_SHOWN),
  }));
  setTimeout(() => dismissToast(id), SHOWN_FOR[kind]);
}

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
