import { VolumeX } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

export const silence: Control<'silence'> = {
  title: 'Silence',
  icon: VolumeX,
  group: 'Wrong answers',
  where: { in: 'fault' },
  first: ['percentage', 'duration'],
  fields: {
    duration: { label: 'Closed after', placeholder: 'never' },
    percentage: { label: 'Share of the calls that hear nothing' },
  },
  start: () => ({ percentage: 10 }),
  say: (value) => `no answer${onShare(value)}`,
  effect: ({ duration }) =>
    duration === undefined
      ? 'are taken and never answered'
      : `are taken, not answered, and cut off after ${duration}`,
  warn: ({ duration }, { to, timeout }) =>
    duration === undefined && timeout === undefined
      ? [`Calls to ${to} have no timeout: they wait until their caller gives up.`]
      : [],
};
