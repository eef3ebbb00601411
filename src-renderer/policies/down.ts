import { PowerOff } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const down: Control<'down'> = {
  title: 'Down',
  icon: PowerOff,
  group: 'No connection',
  where: { in: 'fault' },
  first: ['percentage'],
  fields: { percentage: { label: 'Share of the calls' } },
  start: () => ({}),
  say: (value) => `down${onShare(value)}`,
  effect: () => 'are refused, and what is under way breaks',
};
