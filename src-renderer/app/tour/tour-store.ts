/** Whether the tour was taken or skipped; it is offered until then. */
import { createStore } from 'zustand/vanilla';

const KEY = 'faultline-tour';

export const tourStore = createStore<{ offered: boolean; step: number | undefined }>(() => ({
  offered: localStorage.getItem(KEY) === null,
  step: undefined,
}));

export function startTour(): void {
  tourStore.setState({ step: 0 });
}

export function showStep(step: number): void {
  tourStore.setState({ step });
}

/** Taken or skipped: it is not offered again, and stays among the commands. */
export function endTour(): void {
  localStorage.setItem(KEY, 'seen');
  tourStore.setState({ offered: false, step: undefined });
}
