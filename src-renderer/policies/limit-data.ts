import { Ban } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare, sayBytes } from './say.ts';

export const limitData: Control<'limitData'> = {
  title: 'Limit data',
  icon: Ban,
  group: 'Broken bytes',
  where: { in: 'fault' },
  first: ['bytes', 'then', 'direction', 'percentage'],
  fields: {
    bytes: { label: 'Passed on', unit: 'bytes' },
    then: { label: 'And then', words: { close: 'closed', reset: 'reset' } },
    direction: { label: 'Whose body', words: { up: 'the request’s', down: 'the answer’s' } },
    percentage: { label: 'Share of the calls' },
  },
  start: () => ({ bytes: 1_000 }),
  say: (value) => `${value.then ?? 'close'} after ${sayBytes(value.bytes)}${onShare(value)}`,
  effect: ({ bytes, then = 'close' }) =>
    `have their connection ${then === 'reset' ? 'reset' : 'closed'} after ${sayBytes(bytes)}`,
};
