import type { RequestSummary, TraceView } from '../../src-main/api/contract/index.ts';
import { ask } from '../engine/session.ts';
import { useAsked } from '../services/use-asked.ts';
import type { Asked } from '../services/use-asked.ts';
import { chainsOf, costOf, nameOfChain, typicalCost } from './budget.ts';
import type { Chain, ChainCost } from './budget.ts';

export interface TypicalCost {
  readonly cost: ChainCost;
  /** Requests that it is the median of. */
  readonly count: number;
}

/** Requests that are looked at. */
const MOST = 25;

/** Of the last requests that were asked for in the same way and took the same chain. */
export function useTypicalCost(trace: TraceView, chain: Chain): Asked<TypicalCost> {
  const name = nameOfChain(chain);
  return useAsked(`${trace.traceId} ${name}`, async () => {
    const alike = await tracesLike(trace, chain);
    const costs = alike.flatMap((one) => {
      const found = chainsOf(one).find((other) => nameOfChain(other) === name);
      return found ? [costOf(found)] : [];
    });
    const all = costs.length > 0 ? costs : [costOf(chain)];
    return { cost: typicalCost(all) ?? costOf(chain), count: all.length };
  });
}

async function tracesLike({ traceId }: TraceView, chain: Chain): Promise<TraceView[]> {
  const root = chain[0]?.caller;
  if (!root) return [];
  const path = root.path.replace(/\?.*$/, '');
  const terms = [`from:${root.source}`, `to:${root.destination}`, `method:${root.method}`];
  const filter = [...terms, `path:"${path.replace(/(["\\])/g, '\\$1')}*"`].join(' ');
  const { items } = await ask('requests', { filter, limit: MOST });
  const same = (one: RequestSummary): boolean => one.path.replace(/\?.*$/, '') === path;
  const ids = [...new Set([traceId, ...items.filter(same).map((one) => one.traceId)])];
  const traces = await Promise.allSettled(
    ids.slice(0, MOST).map((id) => ask('trace', { traceId: id })),
  );
  // One that is forgotten meanwhile is one less.
  return traces.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
