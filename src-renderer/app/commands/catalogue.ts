/** Every command that is always the same, in the order in which they are listed. */
import type { Command } from './command.ts';
import { applyDocument, revertDocument } from './document.ts';
import { faultsOffCommand } from './faults-off.ts';
import { openMeshCommand, saveCopyCommand } from './open-mesh.ts';
import { paletteCommand } from './palette.ts';
import { redoCommand } from './redo.ts';
import { captureCommand, compareCommand, saveRequestsCommand } from './requests.ts';
import { documentScreen, meshScreen, serviceScreen, timelineScreen } from './screens.ts';
import { searchCommand } from './search.ts';
import { themeCommands } from './themes.ts';
import { tourCommand } from './tour.ts';
import {
  pauseCommand,
  resetLayoutCommand,
  stepBackCommand,
  stepOnCommand,
  tableCommand,
} from './topology.ts';
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
  undoCommand,
  redoCommand,
  applyDocument,
  revertDocument,
  exportCommand,
  openMeshCommand,
  saveCopyCommand,
  captureCommand,
  saveRequestsCommand,
  meshScreen,
  documentScreen,
  serviceScreen,
  timelineScreen,
  searchCommand,
  compareCommand,
  fitCommand,
  zoomInCommand,
  zoomOutCommand,
  resetLayoutCommand,
  tableCommand,
  pauseCommand,
  stepBackCommand,
  stepOnCommand,
  drawerCommand,
  themeCommand,
  ...themeCommands,
  paletteCommand,
  helpCommand,
  tourCommand,
];
