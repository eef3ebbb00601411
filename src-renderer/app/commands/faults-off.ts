import { ShieldCheck } from 'lucide-react';
import { sendEdit } from '../../engine/edits.ts';
import { engineStore } from '../../engine/store.ts';
import type { Command } from './command.ts';

export const faultsOffCommand: Command = {
  id: 'faults-off',
  label: 'Switch all faults off',
  icon: ShieldCheck,
  group: 'mesh',
  shortcut: 'mod+shift+x',
  when: () => {
    const mesh = engineStore.getState().state?.document.mesh;
    return [...(mesh?.faults ?? []), ...(mesh?.instanceFaults ?? [])].some(
      ({ enabled }) => enabled,
    );
  },
  perform: () => void sendEdit({ kind: 'switch-all-faults-off' }),
};
