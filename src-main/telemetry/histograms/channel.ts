/**
 * What flows over one edge (or to one version over it): a sliding window for the live figures, and
 * the last fifteen minutes second by second.
 */
import type { Figures, Series } from '../figures.ts';
import { LogHistogram } from './log-histogram.ts';

/** Seconds of the live window, the one that has just begun included. */
export const WINDOW_SECONDS = 5;
const KEPT_SECONDS = 900;
const LATEST_SECONDS = 60;

/** A finished request, as a channel counts it. */
export interface Observation {
  /** Seconds since 1970, whole. */
  readonly second: number;
  /** Milliseconds that the caller waited. */
  readonly duration: number;
  readonly outcome: Outcome;
  readonly failed: boolean;
  /** Failed, and a fault is why. */
  readonly failedByFault: boolean;
  readonly injected: boolean;
  /** Nothing of it went over a connection without mutual TLS. */
  readonly mtls: boolean;
}

export type Outcome = keyof Figures['flow'];

/** Of an edge on which connections are open, and no request ended. */
export function quietFigures(mtls: boolean): Figures & { mtls: boolean } {
  return {
    rate: 0,
    errorShare: 0,
    injectedErrorShare: 0,
    injectedShare: 0,
    p50: 0,
    p95: 0,
    p99: 0,
    retryRate: 0,
    flow: noFlow(),
    mtls,
  };
}

class Second {
  at = 0;
  requests = 0;
  failed = 0;
  failedByFault = 0;
  injected = 0;
  retries = 0;
  plain = 0;
  readonly histogram = new LogHistogram();

  reset(at: number): void {
    this.at = at;
    this.requests = this.failed = this.failedByFault = 0;
    this.injected = this.retries = this.plain = 0;
    this.histogram.clear();
  }
}

interface Summary {
  readonly at: number;
  readonly rate: number;
  readonly errors: number;
  readonly injected: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export class Channel {
  readonly #seconds = Array.from({ length: WINDOW_SECONDS + 1 }, () => new Second());
  readonly #summaries: Summary[] = [];
  readonly #merged = new LogHistogram();
  #flow = noFlow();

  observe(observation: Observation): void {
    const second = this.#second(observation.second);
    second.requests++;
    if (observation.failed) second.failed++;
    if (observation.failedByFault) second.failedByFault++;
    if (observation.injected) second.injected++;
    if (!observation.mtls) second.plain++;
    second.histogram.record(observation.duration);
    this.#flow[observation.outcome]++;
  }

  /** A try that another one followed. */
  observeRetry(second: number): void {
    this.#second(second).retries++;
  }

  /**
   * The figures at `now` (seconds since 1970, with fractions), and the flow since the last call;
   * undefined where nothing happened within the window.
   */
  figures(now: number): (Figures & { mtls: boolean }) | undefined {
    const first = Math.floor(now) - WINDOW_SECONDS + 1;
    const window = this.#seconds.filter(({ at }) => at >= first && at <= now + LATEST_SECONDS);
    const requests = sum(window, 'requests');
    const retries = sum(window, 'retries');
    const flow = this.#flow;
    this.#flow = noFlow();
    if (requests + retries === 0) return undefined;
    this.#merged.clear();
    for (const second of window) this.#merged.add(second.histogram);
    const span = Math.max(1, now - first);
    return {
      rate: requests / span,
      errorShare: requests === 0 ? 0 : sum(window, 'failed') / requests,
      injectedErrorShare: requests === 0 ? 0 : sum(window, 'failedByFault') / requests,
      injectedShare: requests === 0 ? 0 : sum(window, 'injected') / requests,
      p50: this.#merged.percentile(0.5),
      p95: this.#merged.percentile(0.95),
      p99: this.#merged.percentile(0.99),
      retryRate: retries / span,
      flow,
      mtls: requests > 0 && sum(window, 'plain') === 0,
    };
  }

  /** Up to the last whole second before `now` (seconds since 1970); gaps are zeros. */
  series(now: number): Series {
    for (const second of this.#seconds) if (second.at < Math.floor(now)) this.#close(second);
    return toSeries(this.#summaries, Math.floor(now));
  }

  #second(at: number): Second {
    const second = this.#seconds[at % this.#seconds.length] as Second;
    if (second.at === at) return second;
    // Late by more than the window: it counts for a second that is still open. Later than any
    // thread can be, the machine's clock was set back: what was counted ahead of it goes.
    if (second.at > at && second.at - at <= LATEST_SECONDS) return second;
    this.#close(second);
    second.reset(at);
    return second;
  }

  #close(second: Second): void {
    if (second.requests === 0) return;
    const { at, histogram } = second;
    // Left from before the clock was set back.
    while ((this.#summaries.at(-1)?.at ?? 0) > at + LATEST_SECONDS) this.#summaries.pop();
    const known = this.#summaries.findLastIndex((one) => one.at <= at);
    const summary = {
      at,
      rate: second.requests,
      errors: second.failed,
      injected: second.injected,
      p50: histogram.percentile(0.5),
      p95: histogram.percentile(0.95),
      p99: histogram.percentile(0.99),
    };
    if (this.#summaries[known]?.at === at) this.#summaries[known] = summary;
    else this.#summaries.splice(known + 1, 0, summary);
    if (this.#summaries.length > KEPT_SECONDS) this.#summaries.shift();
  }
}

function noFlow(): Figures['flow'] {
  return { ok: 0, clientError: 0, failed: 0, injected: 0 };
}

function sum(
  seconds: readonly Second[],
  key: 'requests' | 'failed' | 'failedByFault' | 'injected' | 'retries' | 'plain',
): number {
  return seconds.reduce((total, second) => total + second[key], 0);
}

function toSeries(summaries: readonly Summary[], end: number): Series {
  const series: Series = { at: [], rate: [], errors: [], injected: [], p50: [], p95: [], p99: [] };
  const kept = summaries.filter(({ at }) => at >= end - KEPT_SECONDS);
  const known = new Map(kept.map((summary) => [summary.at, summary]));
  const first = kept[0]?.at ?? end;
  for (let at = first; at < end; at++) {
    const { rate, errors, injected, p50, p95, p99 } = known.get(at) ?? EMPTY;
    const row = { at, rate, errors, injected, p50, p95, p99 };
    for (const key of Object.keys(series) as (keyof Series)[]) series[key].push(row[key]);
  }
  return series;
}

const EMPTY = { rate: 0, errors: 0, injected: 0, p50: 0, p95: 0, p99: 0 };
