import { Redo2 } from 'lucide-react';
import { redo } from '../../engine/edits.ts';
import { engineStore } from '../../engine/store.ts';
import type { Command } from './command.ts';

export const redoCommand: Command = {
  id: 'redo',
  label: 'Do the change again',
  icon: Redo2,
  group: 'mesh',
  shortcut: 'mod+shift+z',
  when: () => engineStore.getState().state?.document.canRedo ?? false,
  perform: () => void redo(),
};
