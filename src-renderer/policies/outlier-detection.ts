import { UserX } from 'lucide-react';
import type { Control } from './control.ts';

export const outlierDetection: Control<'outlierDetection'> = {
  title: 'Outlier detection',
  icon: UserX,
  group: 'When it fails',
  where: { in: 'traffic', keys: ['outlierDetection'], routes: false },
  first: ['consecutive5xx', 'baseEjectionTime', 'maxEjectionPercent'],
  fields: { baseEjectionTime: { label: 'Left out for' } },
  start: () => ({ consecutive5xx: 5, baseEjectionTime: '30s', maxEjectionPercent: 50 }),
  say: ({ consecutive5xx = 5, baseEjectionTime = '30s' }) =>
    `after ${consecutive5xx} failures, for ${baseEjectionTime}`,
  effect: ({ consecutive5xx = 5, baseEjectionTime = '30s' }) =>
    `leave an instance out for ${baseEjectionTime} after ${consecutive5xx} failures in a row`,
};
