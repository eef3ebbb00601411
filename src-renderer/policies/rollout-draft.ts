/** What the form of a ramp begins with, what it asks for, and what is said of one. Pure. */
import { formatDuration } from '../../src-main/api/contract/index.ts';
import type { RolloutPlan, RolloutView, Service } from '../../src-main/api/contract/index.ts';
import { formatSpan } from '../ui/format.ts';

type Shares = Readonly<Record<string, number>>;

export interface RampDraft {
  readonly version: string;
  /** Per cent. */
  readonly until: number;
  readonly step: number;
  /** Between two steps. */
  readonly seconds: number;
  /** Per cent; 100: whatever fails is borne. */
  readonly maxErrors: number;
  /** Milliseconds of the p95; 0: any. */
  readonly maxLatency: number;
}

/** The last version that has not got everything yet, a tenth more every half minute. */
export function rampDraft({ versions }: Pick<Service, 'versions'>, shares: Shares): RampDraft {
  const open = versions.findLast(({ name }) => (shares[name] ?? 0) < 100);
  const version = (open ?? versions[0])?.name ?? '';
  return { version, until: 100, step: 10, seconds: 30, maxErrors: 5, maxLatency: 0 };
}

/** Either a plan, or what keeps it from being one. */
export function planOf(
  service: string,
  { version, until, step, seconds, maxErrors, maxLatency }: RampDraft,
  shares: Shares,
): { readonly plan?: RolloutPlan; readonly problem?: string } {
  const share = shares[version] ?? 0;
  if (share === until) return { problem: `${version} has ${until} % already.` };
  if (step < 1) return { problem: 'A step is 1 % at least.' };
  if (seconds < 1) return { problem: 'There is a second at least between two steps.' };
  return {
    plan: {
      ...{ service, version, step, interval: seconds * 1000, until },
      ...(maxErrors < 100 && { maxErrors }),
      ...(maxLatency > 0 && { maxLatency }),
    },
  };
}

/** How many steps it takes, and how long. */
export function sayRamp({ version, step, interval, until }: RolloutPlan, shares: Shares): string {
  const steps = Math.ceil(Math.abs(until - (shares[version] ?? 0)) / step);
  const lasts = (steps - 1) * interval;
  const time = lasts === 0 ? 'at once' : `over ${formatDuration(lasts)}`;
  return `${steps} ${steps === 1 ? 'step' : 'steps'} ${time}; the first one now.`;
}

/** `now`: milliseconds since 1970. */
export function sayStatus({ status, next, reason }: RolloutView, now: number): string {
  if (status === 'running') {
    return next === undefined
      ? 'next step now'
      : `next step in ${formatSpan(Math.max(0, next - now))}`;
  }
  if (status === 'paused') return 'paused';
  const word = { done: 'done', stopped: 'stopped', rolledBack: 'rolled back' }[status];
  return reason === undefined || status === 'done' ? word : `${word}: ${reason}`;
}
