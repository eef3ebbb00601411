import { CornerUpRight } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';

function target({ scheme, host, port, path, prefix }: ValueOf<'redirect'>): string {
  const origin = `${scheme ? `${scheme}://` : ''}${host ?? ''}${port ? `:${port}` : ''}`;
  return `${origin}${path ?? (prefix === undefined ? '' : `${prefix}…`)}` || 'nowhere yet';
}

export const redirect: Control<'redirect'> = {
  title: 'Redirect',
  icon: CornerUpRight,
  group: 'What is changed',
  where: { in: 'traffic', keys: ['redirect'], routes: true },
  first: ['path', 'host', 'code'],
  fields: {
    code: { label: 'Status' },
    path: { placeholder: '/moved' },
    host: { placeholder: 'shop.example' },
  },
  start: () => ({ path: '/moved', code: 302 }),
  say: (value) => `${value.code ?? 301} to ${target(value)}`,
  effect: (value) => `are sent to ${target(value)} with ${value.code ?? 301}`,
  warn: () => ['None of these calls reaches the service any more.'],
};
