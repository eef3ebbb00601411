import { GitBranch } from 'lucide-react';
import type { Control } from './control.ts';
import { defaultSplit } from '../../src-main/api/contract/index.ts';

function shares(split: Readonly<Record<string, number>>): string {
  return Object.entries(split)
    .map(([version, share]) => `${version} ${share} %`)
    .join(' · ');
}

export const split: Control<'split'> = {
  title: 'Split',
  icon: GitBranch,
  group: 'Who gets it',
  where: { in: 'traffic', keys: ['split'], routes: true },
  first: [],
  start: ({ choices }) => ({
    ...defaultSplit(choices.versions.map((name) => ({ name, replicas: 1 }))),
  }),
  say: shares,
  effect: (value) => `go to ${shares(value)}, exactly`,
};
