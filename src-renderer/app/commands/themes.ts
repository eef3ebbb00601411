/** Each theme as a command of its own. */
import { Moon, Sun, SunMoon } from 'lucide-react';
import { setTheme } from '../theme.ts';
import type { Theme } from '../theme.ts';
import type { Command } from './command.ts';

const NAMES: Readonly<Record<Theme, [string, Command['icon']]>> = {
  system: ["Theme: the system's", SunMoon],
  light: ['Theme: light', Sun],
  dark: ['Theme: dark', Moon],
};

export const themeCommands: readonly Command[] = (
  Object.entries(NAMES) as [Theme, [string, Command['icon']]][]
).map(([theme, [label, icon]]) => ({
  id: `theme-${theme}`,
  label,
  icon,
  group: 'view',
  perform: () => setTheme(theme),
}));
