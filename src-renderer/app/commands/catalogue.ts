/** Every command, in the order in which they are listed. */
import { shell } from '../shell.ts';
import type { Command } from './command.ts';
import { faultsOffCommand } from './faults-off.ts';
import { openMeshCommand } from './open-mesh.ts';
import { paletteCommand } from './palette.ts';
import { redoCommand } from './redo.ts';
import { searchCommand } from './search.ts';
import { undoCommand } from './undo.ts';
import {
  drawerCommand,
  exportCommand,
  fitCommand,
  helpCommand,
  themeCommand,
  zoomInCommand,
  zoomOutCommand,
} from './view.ts';

export const COMMANDS: readonly Command[] = [
  faultsOffCommand,
  exportCommand,
  undoCommand,
  redoCommand,
  searchCommand,
  fitCommand,
  zoomInCommand,
  zoomOutCommand,
  drawerCommand,
  themeCommand,
  paletteCommand,
  helpCommand,
  ...(shell ? [openMeshCommand] : []),
];
