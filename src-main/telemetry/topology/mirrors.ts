/** The shadows that one edge (a caller, a version) was sent in the last seconds, and how they compare. */
import type { MirrorComparison } from '../../proxy/hop.ts';
import type { MirrorFigures } from '../figures.ts';
import { WINDOW_SECONDS } from '../histograms/channel.ts';
import { LogHistogram } from '../histograms/log-histogram.ts';

/** A shadow that is over. */
export interface ShadowObservation {
  /** Seconds since 1970, whole. */
  readonly second: number;
  /** Milliseconds. */
  readonly duration: number;
  /** 0: it had no answer. */
  readonly status: number;
  readonly comparison: MirrorComparison;
}

class Second {
  at = 0;
  shadows = 0;
  unanswered = 0;
  compared = 0;
  statusDiffers = 0;
  bodyDiffers = 0;
  /** Of what was compared, so that the two are of the same requests. */
  readonly durations = new LogHistogram();
  readonly primary = new LogHistogram();

  reset(at: number): void {
    this.at = at;
    this.shadows = this.unanswered = this.compared = 0;
    this.statusDiffers = this.bodyDiffers = 0;
    this.durations.clear();
    this.primary.clear();
  }
}

type Count = 'shadows' | 'unanswered' | 'compared' | 'statusDiffers' | 'bodyDiffers';

export class MirrorChannel {
  readonly #seconds = Array.from({ length: WINDOW_SECONDS + 1 }, () => new Second());

  observe({ second: at, duration, status, comparison }: ShadowObservation): void {
    const second = this.#second(at);
    second.shadows++;
    if (status === 0) second.unanswered++;
    if (!comparison.compared) return;
    second.compared++;
    if (comparison.statusDiffers) second.statusDiffers++;
    if (comparison.bodyDiffers) second.bodyDiffers++;
    second.durations.record(duration);
    second.primary.record(comparison.primaryDuration);
  }

  /** At `now` (seconds since 1970, with fractions); undefined where the window is empty. */
  figures(now: number): MirrorFigures | undefined {
    const first = Math.floor(now) - WINDOW_SECONDS + 1;
    const window = this.#seconds.filter(({ at }) => at >= first);
    const sum = (key: Count): number => window.reduce((total, one) => total + one[key], 0);
    const shadows = sum('shadows');
    if (shadows === 0) return undefined;
    const compared = sum('compared');
    const share = (key: Count, of: number): number => (of === 0 ? 0 : sum(key) / of);
    const durations = merged(window.map((one) => one.durations));
    const primary = merged(window.map((one) => one.primary));
    return {
      rate: shadows / Math.max(1, now - first),
      unansweredShare: share('unanswered', shadows),
      compared,
      statusDiffers: share('statusDiffers', compared),
      bodyDiffers: share('bodyDiffers', compared),
      p50: durations.percentile(0.5),
      p99: durations.percentile(0.99),
      primaryP50: primary.percentile(0.5),
      primaryP99: primary.percentile(0.99),
    };
  }

  #second(at: number): Second {
    const second = this.#seconds[at % this.#seconds.length] as Second;
    // A late one counts for what has its place now.
    if (second.at < at) second.reset(at);
    return second;
  }
}

/** By version; undefined where nothing was mirrored in the window. */
export function mirrorFigures(
  mirrors: ReadonlyMap<string, MirrorChannel>,
  now: number,
): Record<string, MirrorFigures> | undefined {
  const found = [...mirrors].flatMap(([version, channel]) => {
    const figures = channel.figures(now);
    return figures ? [[version, figures] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function merged(histograms: readonly LogHistogram[]): LogHistogram {
  const all = new LogHistogram();
  for (const one of histograms) all.add(one);
  return all;
}
