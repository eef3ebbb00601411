/** A thing that can be done: menu, palette and keyboard are three views of the same list. */
import type { LucideIcon } from 'lucide-react';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** `mod+z`; mod is Ctrl, and Cmd on a Mac. */
  readonly shortcut?: string;
  /** Whether it can be done now; absent: always. */
  when?(): boolean;
  perform(): void;
}
