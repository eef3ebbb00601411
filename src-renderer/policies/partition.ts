import { Split } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const partition: Control<'partition'> = {
  title: 'Partition',
  icon: Split,
  group: 'No connection',
  where: { in: 'fault' },
  first: ['fromAlso', 'toAlso', 'percentage'],
  fields: {
    fromAlso: { label: 'Also on the caller’s side', from: 'services' },
    toAlso: { label: 'Also on the other side', from: 'services' },
    percentage: { label: 'Share of the calls' },
  },
  start: () => ({}),
  say: (value) => `cut in two${onShare(value)}`,
  effect: ({ fromAlso = [], toAlso = [] }) => {
    const more = [...fromAlso, ...toAlso];
    return `do not come through, in either direction${more.length > 0 ? `, nor those of ${more.join(', ')}` : ''}`;
  },
};
