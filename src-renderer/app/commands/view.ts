/** Commands that change what is shown, and nothing of the mesh. */
import { FileOutput, HelpCircle, ListTree, Maximize, SunMoon, ZoomIn, ZoomOut } from 'lucide-react';
import { requestViewport } from '../../topology/viewport-requests.ts';
import { nextTheme } from '../theme.ts';
import { openDialog, toggleDrawer } from '../ui-store.ts';
import type { Command } from './command.ts';

export const fitCommand: Command = {
  id: 'fit',
  label: 'Fit the graph into the window',
  icon: Maximize,
  group: 'view',
  shortcut: 'f',
  perform: () => requestViewport('fit'),
};

export const zoomInCommand: Command = {
  id: 'zoom-in',
  label: 'Zoom in',
  icon: ZoomIn,
  group: 'view',
  shortcut: '+',
  perform: () => requestViewport('in'),
};

export const zoomOutCommand: Command = {
  id: 'zoom-out',
  label: 'Zoom out',
  icon: ZoomOut,
  group: 'view',
  shortcut: '-',
  perform: () => requestViewport('out'),
};

export const drawerCommand: Command = {
  id: 'requests',
  label: 'Show or hide requests',
  icon: ListTree,
  group: 'view',
  shortcut: 'r',
  perform: toggleDrawer,
};

export const themeCommand: Command = {
  id: 'theme',
  label: 'Change the theme',
  icon: SunMoon,
  group: 'view',
  shortcut: 't',
  perform: nextTheme,
};

export const exportCommand: Command = {
  id: 'export',
  label: 'Export what was tested',
  icon: FileOutput,
  group: 'mesh',
  shortcut: 'mod+e',
  perform: () => openDialog('export'),
};

export const helpCommand: Command = {
  id: 'help',
  label: 'Keyboard shortcuts',
  icon: HelpCircle,
  group: 'help',
  shortcut: '?',
  perform: () => openDialog('help'),
};
