/** Short messages that go away by themselves. */
import { createStore } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
}

const SHOWN_FOR = 6_000;
let nextId = 1;

export const toastStore = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

export function showToast(kind: Toast['kind'], text: string): void {
  const id = nextId++;
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, { id, kind, text }] }));
  setTimeout(() => dismissToast(id), SHOWN_FOR);
}

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
