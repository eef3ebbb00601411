import { Swords } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';

function how({ after, attempts = 1 }: ValueOf<'hedge'>): string {
  if (after === undefined) return 'beside a try that is over its time';
  return `${attempts} beside it after ${after}${attempts === 1 ? '' : ' each'}`;
}

export const hedge: Control<'hedge'> = {
  title: 'Hedging',
  icon: Swords,
  group: 'When it fails',
  where: { in: 'traffic', keys: ['hedge'], routes: true },
  first: ['after', 'attempts'],
  fields: {
    after: { label: 'Another one after', placeholder: '200ms' },
    attempts: { label: 'How many' },
    onPerTryTimeout: { label: 'Where a try is over its time' },
  },
  start: () => ({ after: '200ms' }),
  say: how,
  effect: (value) => `are tried again, ${how(value)}; the first good answer wins`,
  warn: () => ['Only for what may be done twice: the service gets some of these calls twice.'],
};
