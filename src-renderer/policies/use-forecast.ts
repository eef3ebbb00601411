/** What an edit would do, asked of the engine a moment after the last key. */
import { useEffect, useState } from 'react';
import type { Edit, Forecast } from '../../src-main/api/contract/index.ts';
import { ask } from '../engine/session.ts';

const PAUSE = 120;

export interface ForecastView {
  readonly forecast: Forecast | undefined;
  /** The edit as a whole does not fit: why. */
  readonly refusal: string | undefined;
  /** What is shown is of an edit before. */
  readonly behind: boolean;
}

const UNKNOWN: ForecastView = { forecast: undefined, refusal: undefined, behind: true };

export function useForecast(edit: Edit): ForecastView {
  const [view, setView] = useState<ForecastView & { of: string }>({ ...UNKNOWN, of: '' });
  const key = JSON.stringify(edit);
  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      ask('checkEdit', { edit: JSON.parse(key) as Edit }).then(
        (forecast) => {
          if (!over) setView({ forecast, refusal: undefined, behind: false, of: key });
        },
        (error: unknown) => {
          const refusal = error instanceof Error ? error.message : String(error);
          if (!over) setView({ forecast: undefined, refusal, behind: false, of: key });
        },
      );
    }, PAUSE);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key]);
  return { ...view, behind: view.of !== key };
}
