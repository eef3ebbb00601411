import { RotateCcw } from 'lucide-react';
import { formatDuration, parseDuration } from '../../src-main/api/contract/index.ts';
import type { Control, ValueOf } from './control.ts';
import { count } from './say.ts';

function tries({ attempts }: ValueOf<'retry'>): string {
  return `${attempts} more ${attempts === 1 ? 'try' : 'tries'}`;
}

export const retry: Control<'retry'> = {
  title: 'Retry',
  icon: RotateCcw,
  group: 'When it fails',
  where: { in: 'traffic', keys: ['retry'], routes: true },
  first: ['attempts', 'perTryTimeout', 'on'],
  fields: {
    attempts: { label: 'More tries', help: 'After the first one.' },
    perTryTimeout: { label: 'Time for each', placeholder: 'none' },
    backOff: { label: 'Wait between two' },
    'backOff.base': { placeholder: '25ms' },
    'backOff.max': { placeholder: '250ms' },
    headers: { label: 'Headers to try again on', placeholder: 'x-retry: yes' },
    rateLimitedBackOff: { label: 'Wait as the answer says' },
    'rateLimitedBackOff.resetHeaders': { placeholder: 'retry-after: seconds' },
    bufferBytes: { label: 'Largest body', unit: 'bytes' },
    ignorePreviousHosts: { label: 'On another instance' },
  },
  start: () => ({ attempts: 2, perTryTimeout: '500ms' }),
  say: (value) =>
    `${tries(value)}${value.perTryTimeout ? ` of ${value.perTryTimeout} each` : ''}${value.on ? `, on ${count(value.on.length, 'reason')}` : ''}`,
  effect: (value) => `get ${tries(value)} where they fail`,
  warn: ({ attempts, perTryTimeout }, { timeout }) => {
    const each = perTryTimeout === undefined ? undefined : parseDuration(perTryTimeout);
    if (each === undefined || timeout === undefined || each * (attempts + 1) <= timeout) return [];
    const whole = formatDuration(timeout);
    return [
      `The timeout of ${whole} for all tries together ends them before the last has its time.`,
    ];
  },
};
