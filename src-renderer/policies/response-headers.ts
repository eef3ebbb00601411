import { Heading } from 'lucide-react';
import type { Control } from './control.ts';
import { count, onShare } from './say.ts';

export const responseHeaders: Control<'responseHeaders'> = {
  title: 'Response headers',
  icon: Heading,
  group: 'Wrong answers',
  where: { in: 'fault' },
  first: ['remove', 'set', 'percentage'],
  fields: {
    remove: { label: 'Headers that go missing', placeholder: 'content-type' },
    set: { label: 'Headers with another value', placeholder: 'cache-control: no-store' },
    percentage: { label: 'Share of the answers' },
  },
  start: () => ({ remove: ['content-type'] }),
  say: (value) => {
    const n = (value.remove?.length ?? 0) + Object.keys(value.set ?? {}).length;
    return `${count(n, 'header')} wrong${onShare(value)}`;
  },
  effect: ({ remove = [], set = {} }) => {
    const parts = [
      ...(remove.length > 0 ? [`without ${remove.join(', ')}`] : []),
      ...Object.entries(set).map(([name, value]) => `with ${name}: ${value}`),
    ];
    return `are answered ${parts.join(' and ')}`;
  },
};
