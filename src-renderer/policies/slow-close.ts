import { Hourglass } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const slowClose: Control<'slowClose'> = {
  title: 'Slow close',
  icon: Hourglass,
  group: 'Late',
  where: { in: 'fault' },
  first: ['delay', 'percentage'],
  fields: { percentage: { label: 'Share of the answers that end late' } },
  start: () => ({ delay: '1s' }),
  say: (value) => `ends ${value.delay} late${onShare(value)}`,
  effect: ({ delay }) => `get the end of their answer ${delay} late`,
};
