import { Slice } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare, sayBytes } from './say.ts';

export const truncate: Control<'truncate'> = {
  title: 'Truncate',
  icon: Slice,
  group: 'Broken bytes',
  where: { in: 'fault' },
  first: ['bytes', 'percentage'],
  fields: {
    bytes: { label: 'What is left', unit: 'bytes' },
    percentage: { label: 'Share of the answers that are cut' },
  },
  start: () => ({ bytes: 100 }),
  say: (value) => `after ${sayBytes(value.bytes)}${onShare(value)}`,
  effect: ({ bytes }) => `get the first ${sayBytes(bytes)} of their answer, as if that were all`,
};
