import { SlidersHorizontal } from 'lucide-react';
import type { Control } from './control.ts';

export const callerOverrides: Control<'callerOverrides'> = {
  title: 'Caller overrides',
  icon: SlidersHorizontal,
  group: 'When it fails',
  where: { in: 'traffic', keys: ['callerOverrides'], routes: true },
  first: [],
  start: () => true,
  say: (value) => (value ? 'by Envoy’s headers' : 'not taken'),
  effect: (value) =>
    value
      ? 'have the timeouts and retries that their callers ask for in headers'
      : 'have no other timeouts and retries than those of the document',
};
