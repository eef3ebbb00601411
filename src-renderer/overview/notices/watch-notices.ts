/** Tells what has happened while the app was open. */
import { showToast } from '../../app/toasts.ts';
import { openTimeline, uiStore } from '../../app/ui-store.ts';
import { engineStore } from '../../engine/store.ts';
import { circuitNotices, NoticeLimiter, noticeOf } from './notices.ts';
import type { Notice } from './notices.ts';

/** Returns what ends it. */
export function watchNotices(): () => void {
  const limiter = new NoticeLimiter();
  const tell = (notice: Notice): void => {
    // Whoever looks at the timeline sees it there.
    if (uiStore.getState().screen === 'timeline' || !limiter.takes(notice, Date.now())) return;
    const action = { label: 'Timeline', perform: () => openTimeline(notice.at) };
    showToast(notice.severity, notice.text, { title: notice.title, action });
  };
  return engineStore.subscribe(({ state }, { state: before }) => {
    // What happened before the app was there is no news.
    if (!state || !before) return;
    if (state.events !== before.events) {
      const last = before.events.at(-1)?.id ?? 0;
      const news = state.events.filter(({ id }) => id > last).map(noticeOf);
      for (const notice of news) if (notice) tell(notice);
    }
    if (state.edges !== before.edges) {
      for (const notice of circuitNotices(before.edges, state.edges, Date.now())) tell(notice);
    }
  });
}
