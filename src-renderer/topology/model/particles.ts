/**
 * Requests as moving points. Each tick says how many ended on each edge and how; the points are let
 * go over the time until the next tick. Capped, then thinned evenly: sampled, never invented.
 */
import type { EdgeState } from '../../../src-main/api/contract/index.ts';

export type Outcome = keyof EdgeState['flow'];

export interface Particle {
  readonly edge: string;
  readonly outcome: Outcome;
  /** When it sets out, and how long it is on its way, in milliseconds. */
  readonly begins: number;
  readonly lasts: number;
}

const TICK = 250;
/** Per tick over all edges: more would be fog. */
const MOST_PER_TICK = 220;
/** A fast answer still has to be seen; a slow one is seen to be slow. */
const FASTEST = 700;
const SLOWEST = 6_000;

const OUTCOMES: readonly Outcome[] = ['ok', 'clientError', 'failed', 'injected'];

/** `chance`: numbers from 0 to 1. */
export function spawnParticles(
  edges: readonly EdgeState[],
  now: number,
  chance: () => number,
): Particle[] {
  const total = edges.reduce(
    (sum, { flow }) => sum + flow.ok + flow.clientError + flow.failed + flow.injected,
    0,
  );
  const share = Math.min(1, MOST_PER_TICK / Math.max(1, total));
  return edges.flatMap((edge) => {
    const lasts = duration(edge.p50);
    return OUTCOMES.flatMap((outcome) =>
      Array.from({ length: thinned(edge.flow[outcome], share, chance) }, () => ({
        edge: `${edge.from}->${edge.to}`,
        outcome,
        begins: now + chance() * TICK,
        lasts,
      })),
    );
  });
}

function thinned(count: number, share: number, chance: () => number): number {
  const wanted = count * share;
  const whole = Math.floor(wanted);
  return whole + (chance() < wanted - whole ? 1 : 0);
}

/** The logarithm of the latency, within what the eye can follow. */
export function duration(p50: number): number {
  return Math.min(SLOWEST, FASTEST + 420 * Math.log2(1 + p50 / 10));
}
