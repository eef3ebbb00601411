import { CircuitBoard } from 'lucide-react';
import type { Control } from './control.ts';
import { labelOf } from './schema/labels.ts';

export const circuitBreaker: Control<'circuitBreaker'> = {
  title: 'Circuit breaker',
  icon: CircuitBoard,
  group: 'Load',
  where: { in: 'traffic', keys: ['circuitBreaker'], routes: false },
  first: ['maxRequests', 'maxPendingRequests', 'maxConnections'],
  fields: {
    retryBudget: { label: 'Retry budget' },
    'retryBudget.budgetPercent': { label: 'Share of the requests' },
  },
  start: () => ({ maxRequests: 100, maxPendingRequests: 10 }),
  say: (value) =>
    Object.entries(value)
      .filter(([, most]) => typeof most !== 'object')
      .map(([key, most]) => `${labelOf(key).replace('Max ', '')} ${String(most)}`)
      .join(' · ') || 'Envoy’s usual limits',
  effect: ({ maxRequests = 1024, maxPendingRequests = 1024 }) =>
    `get 503 at once above ${maxRequests} under way or ${maxPendingRequests} waiting, for each caller`,
};
