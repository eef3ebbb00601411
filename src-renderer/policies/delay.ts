import { Timer } from 'lucide-react';
import { parseDuration, formatDuration } from '../../src-main/api/contract/index.ts';
import type { Control } from './control.ts';
import { onShare, sayTime } from './say.ts';

export const delay: Control<'delay'> = {
  title: 'Delay',
  icon: Timer,
  group: 'Late',
  where: { in: 'fault' },
  first: ['duration', 'percentage'],
  fields: {
    duration: { label: 'Delay', help: '' },
    percentage: { label: 'Share of the calls that wait' },
    at: {
      label: 'Where it waits',
      words: {
        connect: 'while connecting',
        request: 'before the request goes out',
        chunk: 'before each piece of a body',
      },
    },
  },
  start: () => ({ duration: '300ms', percentage: 50 }),
  say: (value) => `${sayTime(value.duration)}${onShare(value)}`,
  effect: ({ duration }) => `wait ${sayTime(duration)} longer`,
  warn: ({ duration }, { to, timeout }) => {
    const wait = typeof duration === 'string' ? parseDuration(duration.trim()) : undefined;
    if (wait === undefined || timeout === undefined || wait < timeout) return [];
    const after = formatDuration(timeout);
    return [`Calls to ${to} time out after ${after}: held back this long, they fail with 504.`];
  },
};
