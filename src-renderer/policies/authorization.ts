import { ShieldCheck } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';

function who({ from = {}, to = {} }: ValueOf<'authorization'>): string {
  const callers = [from.services, from.principals, from.namespaces].flatMap((one) => one ?? []);
  const what = [to.methods, to.paths, to.hosts].flatMap((one) => one ?? []);
  return `${callers.join(', ') || 'anybody'}${what.length > 0 ? ` for ${what.join(', ')}` : ''}`;
}

export const authorization: Control<'authorization'> = {
  title: 'Authorization',
  icon: ShieldCheck,
  group: 'Who may call',
  where: { in: 'list', path: ['authorization', 'policies'], service: 'service' },
  first: ['action', 'from', 'to', 'dryRun'],
  fields: {
    action: { words: { allow: 'allow', deny: 'deny' } },
    dryRun: { label: 'Dry run' },
    service: { from: 'services', placeholder: 'all services' },
    from: { label: 'Who calls' },
    'from.services': { from: 'callers' },
    to: { label: 'What is asked for' },
    'to.methods': { from: 'methods' },
    'to.paths': { placeholder: '/admin*' },
    'to.hosts': { placeholder: 'shop.localhost' },
    when: { label: 'What else must hold' },
  },
  start: ({ to, from, choices }) => ({
    name: `${to}-callers`,
    service: to,
    dryRun: true,
    from: { services: from === undefined ? [...choices.callers] : [from] },
  }),
  say: (value) => `${value.dryRun ? 'dry run: ' : ''}${value.action ?? 'allow'} ${who(value)}`,
  effect: (value) =>
    `${value.dryRun ? 'would be' : 'are'} ${value.action === 'deny' ? 'denied' : 'allowed'} to ${who(value)}`,
  warn: ({ action = 'allow', dryRun, service }) =>
    action === 'allow' && !dryRun
      ? [`All other calls to ${service ?? 'every service'} are denied with 403.`]
      : [],
};
