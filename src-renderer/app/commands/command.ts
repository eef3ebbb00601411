/** A thing that can be done: menu, palette and keyboard are three views of the same list. */
import type { LucideIcon } from 'lucide-react';

/** Under which heading it is listed, and in which of the shell's menus. */
export type CommandGroup = 'mesh' | 'view' | 'go' | 'help';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly group: CommandGroup;
  /** `mod+z`; mod is Ctrl, and Cmd on a Mac. */
  readonly shortcut?: string;
  /** Words that it is found by as well. */
  readonly words?: string;
  /** Whether it can be done now; absent: always. */
  when?(): boolean;
  perform(): void;
}

/** The headings of the groups, in their order. */
export const GROUPS: Readonly<Record<CommandGroup, string>> = {
  mesh: 'Mesh',
  go: 'Go to',
  view: 'View',
  help: 'Help',
};
