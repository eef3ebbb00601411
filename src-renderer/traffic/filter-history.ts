/** Filters that were asked before, newest first; kept over restarts of the app. */

const KEY = 'faultline-request-filters';
const MOST = 20;

export function readHistory(): string[] {
  const text = localStorage.getItem(KEY);
  if (text === null) return [];
  try {
    const known: unknown = JSON.parse(text);
    return Array.isArray(known) ? known.filter((one) => typeof one === 'string') : [];
  } catch {
    // Somebody else has written there: it begins anew.
    return [];
  }
}

export function remember(filter: string): void {
  localStorage.setItem(KEY, JSON.stringify(withNewest(readHistory(), filter)));
}

/** The list with `filter` at its head; one that only goes on typing the last one takes its place. */
export function withNewest(history: readonly string[], filter: string): string[] {
  const wanted = filter.trim();
  if (wanted === '') return [...history];
  const others = history.filter((one, i) => one !== wanted && !(i === 0 && wanted.startsWith(one)));
  return [wanted, ...others].slice(0, MOST);
}
