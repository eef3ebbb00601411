/** Commands that come and go with what is in the mesh: its services, connections, faults, instances. */
import {
  Boxes,
  FolderClock,
  GitBranch,
  RotateCw,
  ScrollText,
  Server,
  Spline,
  Users,
  Zap,
  ZapOff,
} from 'lucide-react';
import type { State } from '../../../src-main/api/contract/index.ts';
import { attempt, sendEdit } from '../../engine/edits.ts';
import { ask } from '../../engine/session.ts';
import { buildGraph } from '../../topology/model/graph.ts';
import { complain } from '../open-file.ts';
import { shell } from '../shell.ts';
import { openService, select, showScreen, uiStore } from '../ui-store.ts';
import type { Selection } from '../ui-store.ts';
import type { Command } from './command.ts';

export function meshCommands({
  document,
  instances,
}: Pick<State, 'document' | 'instances'>): Command[] {
  const { mesh } = document;
  return [
    ...mesh.faults.map(faultCommand),
    ...splitCommands(mesh.traffic),
    ...visitorCommands(mesh.visitors),
    ...mesh.services.flatMap(({ name }) => serviceCommands(name)),
    ...buildGraph(mesh).edges.map(({ id, from, to }) =>
      command(`edge ${id}`, `Connection ${from} → ${to}`, Spline, () =>
        reveal({ kind: 'edge', from, to }),
      ),
    ),
    ...Object.keys(instances).map((id) =>
      command(
        `restart ${id}`,
        `Restart ${id}`,
        RotateCw,
        () => void attempt(() => ask('restartInstance', { id })),
        'mesh',
      ),
    ),
  ];
}

/** In the graph, or beside the document where that is shown. */
function reveal(selection: Selection): void {
  if (uiStore.getState().screen !== 'document') showScreen('mesh');
  select(selection);
}

function command(
  id: string,
  label: string,
  icon: Command['icon'],
  perform: () => void,
  group: Command['group'] = 'go',
): Command {
  return { id, label, icon, group, perform };
}

function faultCommand({ name, enabled }: { name: string; enabled: boolean }): Command {
  return command(
    `fault ${name}`,
    `Switch fault ${name} ${enabled ? 'off' : 'on'}`,
    enabled ? ZapOff : Zap,
    () => void sendEdit({ kind: 'switch-fault', name, enabled: !enabled }),
    'mesh',
  );
}

function splitCommands(traffic: State['document']['mesh']['traffic']): Command[] {
  return Object.entries(traffic).flatMap(([service, { split }]) =>
    split
      ? [
          command(
            `split ${service}`,
            `Remove the split of ${service}`,
            GitBranch,
            () => void sendEdit({ kind: 'set-split', service, split: null }),
            'mesh',
          ),
        ]
      : [],
  );
}

function visitorCommands(visitors: State['document']['mesh']['visitors']): Command[] {
  if (!visitors) return [];
  const enabled = !visitors.enabled;
  return [
    command(
      'visitors',
      `Switch the visitors ${enabled ? 'on' : 'off'}`,
      Users,
      () => void sendEdit({ kind: 'set-visitors', enabled }),
      'mesh',
    ),
  ];
}

function serviceCommands(name: string): Command[] {
  return [
    command(`service ${name}`, `Go to ${name}`, Boxes, () => reveal({ kind: 'service', name })),
    command(`page ${name}`, `Page of ${name}`, Server, () => openService(name)),
    command(`output ${name}`, `Output of ${name}`, ScrollText, () => openService(name, 'logs')),
  ];
}

/** Documents that were opened before; the shell alone knows any. */
export async function recentCommands(): Promise<Command[]> {
  if (!shell) return [];
  const { openRecent, recentMeshes } = shell;
  return (await recentMeshes()).map((path) =>
    command(
      `recent ${path}`,
      `Open ${path}`,
      FolderClock,
      () => void openRecent(path).catch(complain),
      'mesh',
    ),
  );
}
