import { IdCard } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare } from './say.ts';

const SHOWN = {
  expired: 'an expired certificate',
  notYetValid: 'a certificate that is not valid yet',
  wrongSpiffeId: 'a certificate of somebody else',
  unknownCa: 'a certificate of an unknown CA',
  missingChain: 'a certificate without its chain',
  plainText: 'plain text',
} as const;

export const identity: Control<'identity'> = {
  title: 'Identity',
  icon: IdCard,
  group: 'Identity',
  where: { in: 'fault' },
  first: ['shows', 'side', 'percentage'],
  fields: {
    shows: { label: 'It shows', words: { ...SHOWN } },
    side: { label: 'Who shows it', words: { client: 'the caller', server: 'the called service' } },
    percentage: { label: 'Share of the calls' },
  },
  start: () => ({ shows: 'expired' }),
  say: (value) => `${value.shows}${onShare(value)}`,
  effect: ({ shows, side = 'client' }) =>
    `${side === 'client' ? 'show' : 'are shown'} ${SHOWN[shows] ?? shows}`,
};
