import { useEffect, useState } from 'react';
import type { Saturation } from '../../../src-main/api/contract/index.ts';
import { ask } from '../../engine/session.ts';
import { mergeSaturation } from './merge-saturation.ts';

const EVERY = 1_000;

/** What is open and what waits on some edges together; undefined until it is there. */
export function useSaturation(edges: readonly string[]): Saturation | undefined {
  const key = edges.join();
  const [found, setFound] = useState<{ key: string; series: Saturation }>();
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      const asked = key === '' ? [] : key.split(',');
      const all = await Promise.all(asked.map((edge) => ask('saturation', { edge })));
      if (wanted) setFound({ key, series: mergeSaturation(all) });
    };
    // Without the engine the frame says so; the chart keeps what it has.
    const tryToLoad = (): void => void (document.hidden || load().catch(() => undefined));
    tryToLoad();
    const timer = setInterval(tryToLoad, EVERY);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [key]);
  return found?.key === key ? found.series : undefined;
}
