import { Gauge } from 'lucide-react';
import type { Control } from './control.ts';
import { onShare, sayBytes } from './say.ts';

function rates({ up, down }: { up?: number | undefined; down?: number | undefined }): string {
  const parts = [
    ...(up === undefined ? [] : [`${sayBytes(up)}/s up`]),
    ...(down === undefined ? [] : [`${sayBytes(down)}/s down`]),
  ];
  return parts.join(', ');
}

export const bandwidth: Control<'bandwidth'> = {
  title: 'Bandwidth',
  icon: Gauge,
  group: 'Late',
  where: { in: 'fault' },
  first: ['down', 'up', 'percentage'],
  fields: {
    down: { label: 'Answers', unit: 'bytes/s' },
    up: { label: 'Requests', unit: 'bytes/s' },
    percentage: { label: 'Share of the calls that are slow' },
  },
  start: () => ({ down: 16_000 }),
  say: (value) => `${rates(value)}${onShare(value)}`,
  effect: (value) => `get no more than ${rates(value)}`,
};
