/** Every command, in the order in which they are listed. */
import type { Command } from './command.ts';
import { faultsOffCommand } from './faults-off.ts';
import { paletteCommand } from './palette.ts';
import { redoCommand } from './redo.ts';
import { searchCommand } from './search.ts';
import { undoCommand } from './undo.ts';
import { drawerCommand, exportCommand, fitCommand, helpCommand, themeCommand } from './view.ts';

export const COMMANDS: readonly Command[] = [
  faultsOffCommand,
  exportCommand,
  undoCommand,
  redoCommand,
  searchCommand,
  fitCommand,
  drawerCommand,
  themeCommand,
  paletteCommand,
  helpCommand,
];
