import { HeartPulse } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';

function asked({ path, tcp, grpc }: ValueOf<'healthCheck'>): string {
  if (path !== undefined) return path;
  return tcp ? 'by TCP' : `by gRPC ${grpc ?? ''}`.trim();
}

export const healthCheck: Control<'healthCheck'> = {
  title: 'Health check',
  icon: HeartPulse,
  group: 'When it fails',
  where: { in: 'traffic', keys: ['healthCheck'], routes: false },
  first: ['path', 'interval', 'unhealthyThreshold'],
  fields: { path: { placeholder: '/healthz' }, grpc: { placeholder: 'my.Service' } },
  start: () => ({ path: '/healthz', interval: '5s' }),
  say: (value) => `${asked(value)} every ${value.interval ?? '5s'}`,
  effect: (value) =>
    `go only to instances that answer ${asked(value)}, asked every ${value.interval ?? '5s'}`,
};
