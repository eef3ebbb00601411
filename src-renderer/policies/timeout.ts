import { AlarmClock } from 'lucide-react';
import type { Control } from './control.ts';

export const timeout: Control<'timeout'> = {
  title: 'Timeout',
  icon: AlarmClock,
  group: 'When it fails',
  where: { in: 'traffic', keys: ['timeout'], routes: true },
  first: [],
  start: () => '2s',
  say: String,
  effect: (value) => `get 504 after ${value}, retries included`,
};
