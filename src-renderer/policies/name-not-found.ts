import { SearchX } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const nameNotFound: Control<'nameNotFound'> = {
  title: 'Name not found',
  icon: SearchX,
  group: 'No connection',
  where: { in: 'fault' },
  first: ['percentage'],
  fields: { percentage: { label: 'Share of the calls' } },
  start: () => ({}),
  say: (value) => `no such name${onShare(value)}`,
  effect: () => 'fail as if the name were not known',
};
