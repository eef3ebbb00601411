/** When a fault acts: its window of time and its rhythm, by the wall clock. Pure. */
import type { Milliseconds } from '../../../base/units.ts';
import type { ActiveConfig } from '../../config/fault.ts';

/** @param wall milliseconds since 1970. The end of a window does not belong to it. */
export function isActive(active: ActiveConfig | undefined, wall: Milliseconds): boolean {
  if (!active) return true;
  const { from, until = Infinity, every } = active;
  if (wall < from || wall >= until) return false;
  return !every || (wall - from) % every.period < every.duration;
}

/** When `isActive` will say something else than at `wall`; Infinity: never. */
export function nextChange(active: ActiveConfig | undefined, wall: Milliseconds): Milliseconds {
  if (!active) return Infinity;
  const { from, until = Infinity, every } = active;
  if (wall < from) return from;
  if (wall >= until) return Infinity;
  if (!every || every.duration >= every.period) return until;
  const begun = wall - ((wall - from) % every.period);
  const ends = begun + every.duration;
  return Math.min(until, wall < ends ? ends : begun + every.period);
}
