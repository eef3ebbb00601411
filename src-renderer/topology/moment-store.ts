/** Which moment the graph shows: now, or a second of the last fifteen minutes. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Moment } from '../../src-main/api/contract/index.ts';
import { attempt } from '../engine/edits.ts';
import { ask } from '../engine/session.ts';

/** Seconds that can be gone back. */
export const REACH = 900;

interface MomentState {
  /** Seconds since 1970; undefined: live. */
  readonly at: number | undefined;
  /** The figures of it; the ones before stay until they are there. */
  readonly moment: Moment | undefined;
}

export const momentStore = createStore<MomentState>(() => ({ at: undefined, moment: undefined }));

/** `now`: seconds since 1970, by the engine's clock, which is this machine's. */
export function showMoment(at: number, now = Date.now() / 1000): void {
  const second = Math.floor(Math.min(now - 1, Math.max(now - REACH + 1, at)));
  if (second === momentStore.getState().at) return;
  momentStore.setState({ at: second });
  void attempt(async () => {
    const moment = await ask('moment', { at: second });
    // Somebody has moved on meanwhile.
    if (momentStore.getState().at === second) momentStore.setState({ moment });
  });
}

export function showLive(): void {
  momentStore.setState({ at: undefined, moment: undefined });
}

/** By so many seconds; from live, back from now. */
export function stepMoment(seconds: number): void {
  const { at } = momentStore.getState();
  const now = Date.now() / 1000;
  const next = (at ?? now - 1) + seconds;
  if (at !== undefined && next > now - 1) showLive();
  else showMoment(next);
}

export function togglePause(): void {
  if (momentStore.getState().at === undefined) showMoment(Date.now() / 1000 - 1);
  else showLive();
}

export function useMoment<T>(select: (state: MomentState) => T): T {
  return useStore(momentStore, select);
}
