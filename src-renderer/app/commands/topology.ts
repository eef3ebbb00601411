/** Commands that change how the graph is looked at, and nothing of the mesh. */
import { LayoutDashboard, PauseCircle, StepBack, StepForward, Table2 } from 'lucide-react';
import { momentStore, stepMoment, togglePause } from '../../topology/moment-store.ts';
import { changeSettings, isTableShown } from '../../topology/settings-store.ts';
import { requestViewport } from '../../topology/viewport-requests.ts';
import type { Command } from './command.ts';

export const resetLayoutCommand: Command = {
  id: 'reset-layout',
  label: 'Lay the graph out anew, and forget what was dragged',
  icon: LayoutDashboard,
  group: 'view',
  perform: () => requestViewport('reset-layout'),
};

export const pauseCommand: Command = {
  id: 'pause-time',
  label: 'Pause time in the graph, or go on live',
  icon: PauseCircle,
  group: 'view',
  shortcut: 'p',
  perform: togglePause,
};

export const stepBackCommand: Command = {
  id: 'step-back',
  label: 'The graph a second earlier',
  icon: StepBack,
  group: 'view',
  shortcut: ',',
  perform: () => stepMoment(-1),
};

export const stepOnCommand: Command = {
  id: 'step-on',
  label: 'The graph a second later',
  icon: StepForward,
  group: 'view',
  shortcut: '.',
  when: () => momentStore.getState().at !== undefined,
  perform: () => stepMoment(1),
};

export const tableCommand: Command = {
  id: 'table',
  label: 'Show or hide the table of services',
  icon: Table2,
  group: 'view',
  perform: () => changeSettings({ table: !isTableShown() }),
};
