import { Lock } from 'lucide-react';
import type { Control } from './control.ts';

const MODES = {
  strict: 'mutual TLS alone',
  permissive: 'plain text as well',
  disabled: 'plain text alone',
} as const;

export const mtls: Control<'mtls'> = {
  title: 'Mutual TLS',
  icon: Lock,
  group: 'Who may call',
  where: { in: 'service', key: 'mtls' },
  first: [],
  start: () => 'permissive',
  say: (mode) => MODES[mode] ?? mode,
  effect: (mode) => `may use ${MODES[mode] ?? mode}`,
};
