import { Unplug } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const connectionRefused: Control<'connectionRefused'> = {
  title: 'Connection refused',
  icon: Unplug,
  group: 'No connection',
  where: { in: 'fault' },
  first: ['percentage'],
  fields: { percentage: { label: 'Share of the calls that are refused' } },
  start: () => ({ percentage: 50 }),
  say: (value) => `refused${onShare(value)}`,
  effect: () => 'fail as if nobody listened',
};
