import { Copy } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';
import { onShare } from './say.ts';

function target({ service, version }: ValueOf<'mirror'>): string {
  return [service, version].filter(Boolean).join(' ') || 'the same service';
}

export const mirror: Control<'mirror'> = {
  title: 'Mirror',
  icon: Copy,
  group: 'Who gets it',
  where: { in: 'traffic', keys: ['mirror'], routes: true },
  first: ['version', 'service', 'percentage'],
  fields: {
    version: { label: 'Also to the version', placeholder: 'all versions' },
    service: { label: 'Of another service', from: 'services', placeholder: 'of the same' },
    percentage: { label: 'Share of the calls', help: 'Exact, not drawn.' },
    random: { label: 'By chance' },
    hostSuffix: { label: 'Host ends in “-shadow”' },
  },
  start: ({ choices }) => {
    const version = choices.versions.at(-1);
    return version === undefined ? { percentage: 100 } : { version };
  },
  say: (value) => `to ${target(value)}${onShare(value)}`,
  effect: (value) => {
    const share = value.percentage ?? 100;
    return `are sent a second time to ${target(value)}${share === 100 ? '' : ` for ${share} %`}; nobody waits for the answer`;
  },
};
