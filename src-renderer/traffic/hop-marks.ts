/** What is remarkable about a hop, in a word or two each. Pure. */
import type { HopView } from '../../src-main/api/contract/index.ts';
import { differsText } from './mirror-facts.ts';

export interface HopMark {
  readonly kind: 'fault' | 'trouble' | 'won' | 'shadow';
  readonly text: string;
}

/** Said in other places: the try's number, the fault's name, the lock. */
const SAID = new Set(['RETRY', 'DELAY_INJECTED', 'ABORT_INJECTED', 'MTLS', 'HEDGED', 'MIRROR']);

export function marksOf(hop: HopView): HopMark[] {
  const { faults, flags, mirror } = hop;
  const text = differsText(hop);
  const differs = mirror?.statusDiffers === true || mirror?.bodyDiffers === true;
  return [
    ...(text === undefined ? [] : [{ kind: differs ? 'trouble' : 'shadow', text } as const]),
    ...faults.map((text): HopMark => ({ kind: 'fault', text })),
    ...(hasWon(flags) ? [{ kind: 'won' as const, text: 'hedge won' }] : []),
    ...flags
      .filter((flag) => !SAID.has(flag))
      .map((flag): HopMark => ({ kind: 'trouble', text: flagText(flag) })),
  ];
}

/** Of tries beside each other: the one whose answer the caller got. */
function hasWon(flags: readonly string[]): boolean {
  return (
    flags.includes('HEDGED') && !flags.some((flag) => flag === 'HEDGE_LOST' || flag === 'RETRIED')
  );
}

/** `UPSTREAM_RESET` as `upstream reset`. */
export function flagText(flag: string): string {
  return flag.toLowerCase().replaceAll('_', ' ');
}

/** `delay slow-payments`, with a tick where it acted. */
export function filterText({ kind, name, acted }: HopView['filters'][number]): string {
  return `${kind} ${name}`.trim() + (acted ? ' ✓' : '');
}
