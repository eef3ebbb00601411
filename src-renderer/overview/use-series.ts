import { useEffect, useState } from 'react';
import type { Series } from '../../src-main/api/contract/index.ts';
import { ask } from '../engine/session.ts';

const EVERY = 1_000;
/** Seconds that a small chart shows. */
const SHOWN = 180;

/** The last minutes of an edge, second by second; undefined until they are there. */
export function useSeries(edge: string | undefined): Series | undefined {
  const [found, setFound] = useState<{ edge: string; series: Series }>();
  useEffect(() => {
    if (edge === undefined) return undefined;
    let wanted = true;
    const load = (): void => {
      ask('series', { edge }).then(
        (series) => wanted && setFound({ edge, series: lastOf(series) }),
        // Without the engine the frame says so; the chart keeps what it has.
        () => undefined,
      );
    };
    load();
    const timer = setInterval(load, EVERY);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [edge]);
  return found?.edge === edge ? found?.series : undefined;
}

function lastOf(series: Series): Series {
  const entries = Object.entries(series).map(([key, values]) => [key, values.slice(-SHOWN)]);
  return Object.fromEntries(entries) as Series;
}
