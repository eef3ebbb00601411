import { Replace } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';

function target({ path, prefix, regex, host }: ValueOf<'rewrite'>): string {
  const pattern = regex && `${regex.pattern} → ${regex.substitution}`;
  return [path, prefix && `${prefix}…`, pattern, host && `host ${host}`].filter(Boolean).join(', ');
}

export const rewrite: Control<'rewrite'> = {
  title: 'Rewrite',
  icon: Replace,
  group: 'What is changed',
  where: { in: 'traffic', keys: ['rewrite'], routes: true },
  first: ['prefix', 'path', 'host'],
  fields: {
    prefix: { placeholder: '/' },
    regex: { label: 'By a pattern' },
    'regex.pattern': { placeholder: '/items/([0-9]+)' },
    'regex.substitution': { placeholder: '/goods/\\1' },
  },
  start: () => ({ prefix: '/' }),
  say: target,
  effect: (value) => `ask the service for ${target(value)}`,
};
