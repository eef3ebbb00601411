import { CornerDownRight } from 'lucide-react';
import type { Control } from './control.ts';
import { sayMatch } from './say.ts';

export const override: Control<'override'> = {
  title: 'Override',
  icon: CornerDownRight,
  group: 'Who gets it',
  where: { in: 'items', key: 'overrides', routes: true },
  first: ['version', 'headers', 'path'],
  fields: {
    version: { label: 'Goes to', from: 'versions' },
    headers: { placeholder: 'x-canary: on', help: '' },
    path: { help: 'By segment: /a matches /a and /a/b.' },
    method: { from: 'methods', help: '' },
    caller: { help: '' },
    'caller.service': { from: 'callers' },
  },
  start: ({ choices }) => ({
    headers: { 'x-canary': 'on' },
    version: choices.versions.at(-1) ?? 'v1',
  }),
  say: ({ version, ...match }) => `${sayMatch(match)} → ${version}`,
  effect: ({ version, ...match }) => `go to ${version} where they ask for ${sayMatch(match)}`,
};
