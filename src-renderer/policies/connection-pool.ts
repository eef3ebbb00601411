import { Cable } from 'lucide-react';
import type { Control } from './control.ts';
import { labelOf } from './schema/labels.ts';

export const connectionPool: Control<'connectionPool'> = {
  title: 'Connection pool',
  icon: Cable,
  group: 'Load',
  where: { in: 'traffic', keys: ['connectionPool'], routes: false },
  first: ['connectTimeout', 'idleTimeout', 'maxRequestsPerConnection'],
  fields: { maxRequestsPerConnection: { label: 'Requests per connection' } },
  start: () => ({ connectTimeout: '500ms' }),
  say: (value) =>
    Object.entries(value)
      .map(([key, one]) => `${labelOf(key).toLowerCase()} ${one}`)
      .join(' · '),
  effect: ({ connectTimeout = '5s', idleTimeout = '60s' }) =>
    `may take ${connectTimeout} to connect; idle connections are closed after ${idleTimeout}`,
};
