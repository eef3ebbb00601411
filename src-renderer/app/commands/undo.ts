import { Undo2 } from 'lucide-react';
import { undo } from '../../engine/edits.ts';
import { engineStore } from '../../engine/store.ts';
import type { Command } from './command.ts';

export const undoCommand: Command = {
  id: 'undo',
  label: 'Undo the last change',
  icon: Undo2,
  group: 'mesh',
  shortcut: 'mod+z',
  when: () => engineStore.getState().state?.document.canUndo ?? false,
  perform: () => void undo(),
};
