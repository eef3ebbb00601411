import { Heading } from 'lucide-react';
import type { Control } from './control.ts';
import { count } from './say.ts';

export const headers: Control<'headers'> = {
  title: 'Headers',
  icon: Heading,
  group: 'What is changed',
  where: { in: 'traffic', keys: ['requestHeaders', 'responseHeaders'], routes: true },
  first: ['set', 'add', 'remove'],
  fields: {
    set: { placeholder: 'x-edge: eu' },
    add: { placeholder: 'via: faultline' },
    remove: { placeholder: 'server, x-powered-by' },
  },
  start: () => ({ set: { 'x-edge': 'eu' } }),
  say: ({ add = {}, set = {}, remove = [] }) => {
    const parts = [
      ...(Object.keys(set).length > 0 ? [`sets ${Object.keys(set).join(', ')}`] : []),
      ...(Object.keys(add).length > 0 ? [`adds ${Object.keys(add).join(', ')}`] : []),
      ...(remove.length > 0 ? [`removes ${remove.join(', ')}`] : []),
    ];
    return parts.join(', ');
  },
  effect: ({ add = {}, set = {}, remove = [] }) => {
    const changed = Object.keys(add).length + Object.keys(set).length + remove.length;
    return `pass with ${count(changed, 'header')} changed`;
  },
};
