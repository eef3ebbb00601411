import { CircleX } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const resetPeer: Control<'resetPeer'> = {
  title: 'Reset peer',
  icon: CircleX,
  group: 'No connection',
  where: { in: 'fault' },
  first: ['after', 'percentage'],
  fields: { percentage: { label: 'Share of the calls' } },
  start: () => ({ percentage: 10 }),
  say: (value) => `reset${value.after ? ` after ${value.after}` : ''}${onShare(value)}`,
  effect: ({ after }) => `have their connection reset ${after ? `after ${after}` : 'at once'}`,
};
