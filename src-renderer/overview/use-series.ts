import { useEffect, useState } from 'react';
import type { Series } from '../../src-main/api/contract/index.ts';
import { RpcError } from '../../src-main/api/contract/index.ts';
import { EngineError } from '../engine/client.ts';
import { poll } from '../engine/poll.ts';
import { ask } from '../engine/session.ts';
import { lastOf, mergeSeries } from './merge-series.ts';

const EVERY = 1_000;
/** Seconds that a small chart shows. */
export const LAST_MINUTES = 180;
/** All that the engine keeps, in seconds. */
export const ALL_KEPT = 900;

/**
 * Some edges together over the last `seconds`, second by second; undefined until they are there.
 */
export function useSeries(
  edges: readonly string[],
  seconds: number = LAST_MINUTES,
): Series | undefined {
  const key = edges.join();
  const [found, setFound] = useState<{ key: string; series: Series }>();
  useEffect(() => {
    const load = async (): Promise<Series> =>
      mergeSeries(await Promise.all(key === '' ? [] : key.split(',').map(seriesOf)));
    return poll(EVERY, load, (all) => setFound({ key, series: lastOf(all, seconds) }));
  }, [key, seconds]);
  return found?.key === key ? found.series : undefined;
}

/** An edge on which nothing has ever flowed is unknown to the engine: it has no series yet. */
async function seriesOf(edge: string): Promise<Series> {
  try {
    return await ask('series', { edge });
  } catch (error) {
    if (error instanceof EngineError && error.code === RpcError.UNKNOWN) return mergeSeries([]);
    throw error;
  }
}
