import { Download, FolderOpen } from 'lucide-react';
import { engineStore } from '../../engine/store.ts';
import { chooseFile, complain, saveText } from '../open-file.ts';
import type { Command } from './command.ts';

export const openMeshCommand: Command = {
  id: 'open-mesh',
  label: 'Open a mesh document…',
  icon: FolderOpen,
  group: 'mesh',
  shortcut: 'mod+o',
  perform: () => void chooseFile().catch(complain),
};

export const saveCopyCommand: Command = {
  id: 'save-copy',
  label: 'Save a copy of the document…',
  icon: Download,
  group: 'mesh',
  words: 'download yaml',
  perform() {
    const { path, text } = engineStore.getState().state?.document ?? {};
    if (path === undefined || text === undefined) return;
    saveText(path.split(/[\\/]/).at(-1) ?? 'faultline.yaml', text).catch(complain);
  },
};
