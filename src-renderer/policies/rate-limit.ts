import { Droplets } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';

function amount({ maxTokens, tokensPerFill = 1, fillInterval }: ValueOf<'rateLimit'>): string {
  return `${maxTokens} at once, ${tokensPerFill} more each ${fillInterval}`;
}

export const rateLimit: Control<'rateLimit'> = {
  title: 'Rate limit',
  icon: Droplets,
  group: 'Load',
  where: { in: 'list', path: ['rateLimits'], service: 'to' },
  first: ['maxTokens', 'tokensPerFill', 'fillInterval', 'perCaller'],
  fields: {
    maxTokens: { label: 'Requests at once' },
    tokensPerFill: { label: 'And so many more' },
    fillInterval: { label: 'Each' },
    perCaller: { label: 'Each caller for itself' },
    headers: { label: 'Tell callers what is left' },
    from: { label: 'Only for the caller', from: 'callers', placeholder: 'all callers' },
    to: { from: 'services' },
    match: { label: 'Only for some calls' },
    'match.path': { placeholder: '/charge', help: 'By segment: /a matches /a and /a/b.' },
    'match.method': { from: 'methods', help: '' },
    'match.headers': { help: '' },
  },
  start: ({ to, from }) => ({
    name: `${to}-limit`,
    to,
    ...(from !== undefined && { from }),
    maxTokens: 10,
    tokensPerFill: 10,
    fillInterval: '1s',
  }),
  say: amount,
  effect: (value) => `are let through: ${amount(value)}; the others get 429`,
};
