import { Scissors } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare, sayBytes } from './say.ts';

export const slicer: Control<'slicer'> = {
  title: 'Slicer',
  icon: Scissors,
  group: 'Late',
  where: { in: 'fault' },
  first: ['size', 'delay', 'direction', 'percentage'],
  fields: {
    size: { label: 'Size of a piece', unit: 'bytes' },
    variation: { unit: 'bytes' },
    delay: { label: 'Pause between two' },
    direction: { label: 'Whose body', words: { up: 'the request’s', down: 'the answer’s' } },
    percentage: { label: 'Share of the calls' },
  },
  start: () => ({ size: 1024, delay: '20ms' }),
  say: (value) =>
    `pieces of ${sayBytes(value.size)}${value.delay ? `, ${value.delay} apart` : ''}${onShare(value)}`,
  effect: ({ size, delay = '0ms' }) =>
    `have their bodies cut into pieces of about ${sayBytes(size)}, ${delay} apart`,
};
