/** Commands that lead to another screen. */
import { FileCode2, History, Network, Server } from 'lucide-react';
import { engineStore } from '../../engine/store.ts';
import { openService, openTimeline, showScreen, uiStore } from '../ui-store.ts';
import type { Command } from './command.ts';

export const meshScreen: Command = {
  id: 'screen-mesh',
  label: 'Mesh: the live graph',
  icon: Network,
  group: 'go',
  shortcut: '1',
  perform: () => showScreen('mesh'),
};

export const documentScreen: Command = {
  id: 'screen-document',
  label: 'Document: the editor',
  icon: FileCode2,
  group: 'go',
  shortcut: '2',
  words: 'yaml edit code',
  perform: () => showScreen('document'),
};

export const serviceScreen: Command = {
  id: 'screen-service',
  label: 'Services: the page of the selected one',
  icon: Server,
  group: 'go',
  shortcut: '3',
  perform() {
    const { selection } = uiStore.getState();
    const first = engineStore.getState().state?.document.mesh.services[0]?.name;
    const name = selection.kind === 'service' ? selection.name : first;
    if (name !== undefined) openService(name);
  },
};

export const timelineScreen: Command = {
  id: 'screen-timeline',
  label: 'Timeline: all that has happened',
  icon: History,
  group: 'go',
  shortcut: '4',
  words: 'events history',
  perform: () => openTimeline(),
};
