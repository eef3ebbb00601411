import { Zap } from 'lucide-react';
import type { Control, ValueOf } from './control.ts';
import { onShare } from './say.ts';

const RESETS = {
  beforeHead: 'before its answer',
  afterHead: 'behind the head of its answer',
  midBody: 'in the middle of its answer',
} as const;

function answer({ status, grpcStatus, reset }: ValueOf<'abort'>): string {
  if (reset !== undefined) return `reset ${RESETS[reset]}`;
  const grpc = grpcStatus === undefined ? [] : [`gRPC ${grpcStatus}`];
  return [...(status === undefined ? [] : [String(status)]), ...grpc].join(', ') || '503';
}

export const abort: Control<'abort'> = {
  title: 'Abort',
  icon: Zap,
  group: 'Wrong answers',
  where: { in: 'fault' },
  first: ['status', 'percentage'],
  fields: {
    status: {
      placeholder: '503',
      help: 'Answered with this; the call does not reach the service.',
    },
    percentage: { label: 'Share of the calls that fail' },
    body: { long: true },
    reset: { label: 'No answer', words: { ...RESETS } },
  },
  start: () => ({ status: 503, percentage: 50 }),
  say: (value) => `${answer(value)}${onShare(value)}`,
  effect: (value) =>
    value.reset === undefined
      ? `are answered with ${answer(value)}`
      : `have their connection ${answer(value).replace('its', 'their')}`,
};
