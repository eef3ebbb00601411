import { Scale } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';

const ALGORITHMS = {
  roundRobin: 'in turn',
  leastRequest: 'to the least busy one',
  random: 'by chance',
  maglev: 'by hash (Maglev)',
  ringHash: 'by hash (ring)',
} as const;

function how(value: ValueOf<'loadBalancing'>): string {
  if (typeof value === 'string') return ALGORITHMS[value] ?? value;
  const { algorithm, hash } = value;
  const by = hash && (hash.header ?? hash.cookie ?? hash.source);
  const chosen = algorithm ?? (hash ? 'maglev' : 'roundRobin');
  return `${ALGORITHMS[chosen] ?? chosen}${by ? `, of ${by}` : ''}`;
}

export const loadBalancing: Control<'loadBalancing'> = {
  title: 'Load balancing',
  icon: Scale,
  group: 'Who gets it',
  where: { in: 'traffic', keys: ['loadBalancing'], routes: false },
  first: ['algorithm', 'hash'],
  fields: {
    algorithm: { label: 'Instances are asked', words: { ...ALGORITHMS } },
    hash: { label: 'The same to the same instance' },
    'hash.source': { label: 'By the caller’s', words: { address: 'address' } },
    slowStart: { label: 'New instances start slowly' },
    panicThreshold: { label: 'Panic threshold' },
  },
  start: () => 'leastRequest',
  say: how,
  effect: (value) => `are shared out ${how(value)}`,
};
