import { TimerOff } from 'lucide-react';
import type { Control } from './control.ts';

export const idleTimeout: Control<'idleTimeout'> = {
  title: 'Idle timeout',
  icon: TimerOff,
  group: 'When it fails',
  where: { in: 'traffic', keys: ['idleTimeout'], routes: true },
  first: [],
  start: () => '30s',
  say: String,
  effect: (value) => `are ended where no byte of them moves for ${value}`,
};
