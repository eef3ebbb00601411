import { Bug } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const corrupt: Control<'corrupt'> = {
  title: 'Corrupt',
  icon: Bug,
  group: 'Broken bytes',
  where: { in: 'fault' },
  first: ['bytes', 'direction', 'percentage'],
  fields: {
    bytes: { label: 'Share of the bytes' },
    at: { label: 'In any case the bytes', placeholder: '0, 17' },
    direction: { label: 'Whose body', words: { up: 'the request’s', down: 'the answer’s' } },
    percentage: { label: 'Share of the calls' },
  },
  start: () => ({ bytes: 1 }),
  say: (value) => `${value.bytes ?? 0} % of the bytes${onShare(value)}`,
  effect: ({ bytes = 0, direction = 'down' }) =>
    `have ${bytes} % of the bytes of their ${direction === 'up' ? 'request' : 'answer'} changed`,
};
