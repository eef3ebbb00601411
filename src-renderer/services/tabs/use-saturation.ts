import { useEffect, useState } from 'react';
import type { Saturation } from '../../../src-main/api/contract/index.ts';
import { poll } from '../../engine/poll.ts';
import { ask } from '../../engine/session.ts';
import { mergeSaturation } from './merge-saturation.ts';

const EVERY = 1_000;

/** What is open and what waits on some edges together; undefined until it is there. */
export function useSaturation(edges: readonly string[]): Saturation | undefined {
  const key = edges.join();
  const [found, setFound] = useState<{ key: string; series: Saturation }>();
  useEffect(() => {
    const load = async (): Promise<Saturation> => {
      const asked = key === '' ? [] : key.split(',');
      return mergeSaturation(await Promise.all(asked.map((edge) => ask('saturation', { edge }))));
    };
    return poll(EVERY, load, (series) => setFound({ key, series }));
  }, [key]);
  return found?.key === key ? found.series : undefined;
}
