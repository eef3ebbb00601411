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
  shortcut: 'f',
  perform: () => requestViewport('fit'),
};

export const zoomInCommand: Command = {
  id: 'zoom-in',
  label: 'Zoom in',
  icon: ZoomIn,
  shortcut: '+',
  perform: () => requestViewport('in'),
};

export const zoomOutCommand: Command = {
  id: 'zoom-out',
  label: 'Zoom out',
  icon: ZoomOut,
  shortcut: '-',
  perform: () => requestViewport('out'),
};

export const drawerCommand: Command = {
  id: 'requests',
  label: 'Show or hide requests',
  icon: ListTree,
  shortcut: 'r',
  perform: toggleDrawer,
};

export const themeCommand: Command = {
  id: 'theme',
  label: 'Change the theme',
  icon: SunMoon,
  shortcut: 't',
  perform: nextTheme,
};

export const exportCommand: Command = {
  id: 'export',
  label: 'Export what was tested',
  icon: FileOutput,
  shortcut: 'mod+e',
  perform: () => openDialog('export'),
};

export const helpCommand: Command = {
  id: 'help',
  label: 'Keyboard shortcuts',
  icon: HelpCircle,
  shortcut: '?',
  perform: () => openDialog('help'),
};
