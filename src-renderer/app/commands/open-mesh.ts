import { FolderOpen } from 'lucide-react';
import { shell } from '../shell.ts';
import { showToast } from '../toasts.ts';
import type { Command } from './command.ts';

/** Only listed in the shell: a page cannot name a file of this machine. */
export const openMeshCommand: Command = {
  id: 'open-mesh',
  label: 'Open another mesh',
  icon: FolderOpen,
  perform() {
    shell?.openMesh().catch((error: Error) => showToast('error', error.message));
  },
};
