import { Command as CommandIcon } from 'lucide-react';
import { openDialog } from '../ui-store.ts';
import type { Command } from './command.ts';

export const paletteCommand: Command = {
  id: 'palette',
  label: 'All commands',
  icon: CommandIcon,
  group: 'help',
  shortcut: 'mod+k',
  perform: () => openDialog('palette'),
};
