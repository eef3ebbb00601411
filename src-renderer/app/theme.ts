/** Light, dark, or whatever the system has. */
import { createStore } from 'zustand/vanilla';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'faultline-theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme {
  const found = localStorage.getItem(KEY) as Theme | null;
  return found && THEMES.includes(found) ? found : 'system';
}

/** `shown`: what the choice comes down to. */
export const themeStore = createStore<{ theme: Theme; shown: 'light' | 'dark' }>(() => ({
  theme: stored(),
  shown: 'dark',
}));

export function applyTheme(): void {
  const { theme } = themeStore.getState();
  const shown = theme === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset['theme'] = shown;
  themeStore.setState({ shown });
}

export function nextTheme(): void {
  const { theme } = themeStore.getState();
  setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system');
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  themeStore.setState({ theme });
  applyTheme();
}

systemIsDark.addEventListener('change', applyTheme);
