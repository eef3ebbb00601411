/** Which hop's messages are shown. Pure. */
import type { HopView, TraceView } from '../../../src-main/api/contract/index.ts';

/** Callers' hops: each is an exchange that a caller had. */
export function callersHops({ hops }: TraceView): HopView[] {
  return hops.filter(({ direction, protocol }) => direction !== 'inbound' && !isBytes(protocol));
}

/**
 * The one that was asked for; else the first whose messages are kept, rather one that was the last word
 * of its call than an earlier try; else the first of all.
 */
export function chosenHop(trace: TraceView, span: string | undefined): HopView | undefined {
  const hops = callersHops(trace);
  const asked = hops.find(({ spanId }) => spanId === span);
  const kept = hops.filter(({ captured }) => captured);
  return asked ?? kept.find(isLastWord) ?? kept[0] ?? hops[0];
}

/** The hop of another trace that goes the same way, by the same number of times before it. */
export function sameHop(trace: TraceView, hop: HopView, other: TraceView): HopView | undefined {
  const isAlike = (one: HopView): boolean =>
    one.source === hop.source && one.destination === hop.destination;
  const at = callersHops(trace).filter(isAlike).indexOf(hop);
  const found = callersHops(other).filter(isAlike);
  return found[at] ?? found[0];
}

export function wayText({ direction, source, destination, attempt }: HopView): string {
  const from = direction === 'gateway' ? 'client' : source;
  const to = direction === 'gateway' ? `gateway → ${destination || 'nobody'}` : destination;
  return `${from} → ${to}${attempt > 0 ? `, try ${attempt + 1}` : ''}`;
}

/** Of an earlier try only the head of its answer is kept. */
function isLastWord({ flags }: HopView): boolean {
  return !flags.includes('RETRIED') && !flags.includes('HEDGE_LOST');
}

function isBytes(protocol: string): boolean {
  return protocol === 'tcp' || protocol === 'tls';
}
