/**
 * What the mesh itself costs a request on its way through a chain of services:
 *
 *     edge + Σ (wire + 2 · proxy)
 *
 * The edge is the gateway's own time. A hop's is what lies between its caller's proxy getting the request
 * and the callee's program getting it, and the same way back: two proxies and the wire between them. What
 * a program takes is not the mesh's, and what a fault held back is on purpose: neither counts. Pure.
 */
import type { HopView, TraceView } from '../../src-main/api/contract/index.ts';
import { nestingOf } from './nesting.ts';

/** Milliseconds. */
export const BUDGET = { edge: 5, hopLeast: 1, hopMost: 2 } as const;
/** Services one behind the other: more than that is hard to keep fast, and hard to keep up. */
export const MOST_HOPS = 5;

/** A call, as its caller's proxy and its callee's saw it. */
export interface ChainHop {
  readonly caller: HopView;
  readonly callee: HopView;
}

/** From the one that began the request down to one that asked nobody else. */
export type Chain = readonly ChainHop[];

/** Of one hop or of the whole; milliseconds. */
export interface HopCost {
  readonly name: string;
  /** Both proxies; of the first hop behind the gateway the callee's alone. */
  readonly proxies: number;
  /** Between them: bytes on their way, and a new connection where one had to be made. */
  readonly wire: number;
}

export interface ChainCost {
  /** The gateway; undefined where the request did not come through it. */
  readonly edge: number | undefined;
  readonly hops: readonly HopCost[];
  readonly sum: number;
}

/** All chains of a trace, the longest one first; tries that were not the last word are left out. */
export function chainsOf(trace: TraceView): Chain[] {
  const { children } = nestingOf(trace.hops);
  const below = (spanId: string): HopView[] =>
    (children.get(spanId) ?? []).filter(({ shadow, flags }) => !shadow && !flags.some(isLost));
  const chains: Chain[] = [];
  const follow = (callers: readonly HopView[], chain: Chain): void => {
    let isLeaf = true;
    for (const caller of callers) {
      const callee = below(caller.spanId).find(({ direction }) => direction === 'inbound');
      if (caller.direction === 'inbound' || !callee) continue;
      isLeaf = false;
      follow(below(callee.spanId), [...chain, { caller, callee }]);
    }
    if (isLeaf && chain.length > 0) chains.push(chain);
  };
  follow(below(''), []);
  return chains.sort((a, b) => b.length - a.length);
}

function isLost(flag: string): boolean {
  return flag === 'RETRIED' || flag === 'HEDGE_LOST';
}

/** `gateway → storefront → orders`. */
export function nameOfChain(chain: Chain): string {
  const names = chain.map(({ caller }) => caller.destination);
  return [chain[0]?.caller.source ?? '', ...names].join(' → ');
}

export function costOf(chain: Chain): ChainCost {
  const [first] = chain;
  const isEdge = first?.caller.direction === 'gateway';
  const edge = isEdge ? first?.caller.timing.proxy : undefined;
  const hops = chain.map((hop, i) => costOfHop(hop, isEdge && i === 0));
  return { edge, hops, sum: sumOf(edge, hops) };
}

function sumOf(edge: number | undefined, hops: readonly HopCost[]): number {
  return hops.reduce((all, { proxies, wire }) => all + proxies + wire, edge ?? 0);
}

/** @param isBehindEdge its caller's proxy is the gateway, which counts by itself */
function costOfHop({ caller, callee }: ChainHop, isBehindEdge: boolean): HopCost {
  const proxies = (isBehindEdge ? 0 : caller.timing.proxy) + callee.timing.proxy;
  const wire = caller.duration - caller.timing.proxy - caller.timing.injected - callee.duration;
  return {
    name: `${caller.source} → ${caller.destination}`,
    proxies,
    // Two clocks of one machine may tell a little less than nothing.
    wire: Math.max(0, wire),
  };
}

/** The median of each part over several requests that went the same way. */
export function typicalCost(costs: readonly ChainCost[]): ChainCost | undefined {
  const [first] = costs;
  if (!first) return undefined;
  const edge = first.edge === undefined ? undefined : median(costs.map((one) => one.edge ?? 0));
  const hops = first.hops.map(({ name }, i) => ({
    name,
    proxies: median(costs.map((one) => one.hops[i]?.proxies ?? 0)),
    wire: median(costs.map((one) => one.hops[i]?.wire ?? 0)),
  }));
  // Of the medians, not the median of the sums: what stands below each other adds up.
  return { edge, hops, sum: sumOf(edge, hops) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.floor(sorted.length / 2);
  const [one = 0, other = 0] = [sorted[at], sorted[at - 1]];
  return sorted.length % 2 === 1 ? one : (one + other) / 2;
}

/** What the whole may take, in milliseconds: with the least and with the most for each hop. */
export function budgetOf({ edge, hops }: ChainCost): { least: number; most: number } {
  const own = edge === undefined ? 0 : BUDGET.edge;
  return {
    least: own + hops.length * BUDGET.hopLeast,
    most: own + hops.length * BUDGET.hopMost,
  };
}

export type Verdict = 'within' | 'tight' | 'over';

export function verdictOf(time: number, least: number, most: number): Verdict {
  if (time > most) return 'over';
  return time > least ? 'tight' : 'within';
}
