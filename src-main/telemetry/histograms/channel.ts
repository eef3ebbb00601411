/**
 * What flows over one edge (or to one version over it): a sliding window for the live figures, and
 * the last fifteen minutes second by second.
 */
import type { Figures, Series } from '../figures.ts';
import { LogHistogram } from './log-histogram.ts';
import { figuresOfRows } from './past-figures.ts';
import { KEPT_SECONDS, SecondLog } from './second-log.ts';
import type { SecondRow } from './second-log.ts';

/** Seconds of the live window, the one that has just begun included. */
export const WINDOW_SECONDS = 5;
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
  /** Answered 4xx, and no fault is why. */
  readonly clientError: boolean;
  /** Answered with a gRPC status other than OK, and no fault is why. */
  readonly grpcError: boolean;
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
    clientErrorShare: 0,
    grpcErrorShare: 0,
    p50: 0,
    p95: 0,
    p99: 0,
    retryRate: 0,
    flow: noFlow(),
    mtls,
  };
}

const COUNTS = [
  ...(['requests', 'failed', 'failedByFault', 'injected'] as const),
  ...(['clientErrors', 'grpcErrors', 'retries', 'plain'] as const),
];
type Count = (typeof COUNTS)[number];

class Second {
  at = 0;
  requests = 0;
  failed = 0;
  failedByFault = 0;
  injected = 0;
  clientErrors = 0;
  grpcErrors = 0;
  retries = 0;
  plain = 0;
  flow = noFlow();
  readonly histogram = new LogHistogram();

  reset(at: number): void {
    this.at = at;
    for (const key of COUNTS) this[key] = 0;
    this.flow = noFlow();
    this.histogram.clear();
  }

  row(): SecondRow {
    const { ok, clientError, failed, injected } = this.flow;
    const counts = Object.fromEntries(COUNTS.map((key) => [key, this[key]]));
    return {
      ...(counts as Pick<SecondRow, Count>),
      flowOk: ok,
      flowClientError: clientError,
      flowFailed: failed,
      flowInjected: injected,
      p50: this.histogram.percentile(0.5),
      p95: this.histogram.percentile(0.95),
      p99: this.histogram.percentile(0.99),
    };
  }
}

export class Channel {
  readonly #seconds = Array.from({ length: WINDOW_SECONDS + 1 }, () => new Second());
  readonly #log = new SecondLog();
  readonly #merged = new LogHistogram();
  #flow = noFlow();

  observe(observation: Observation): void {
    const second = this.#second(observation.second);
    second.requests++;
    if (observation.failed) second.failed++;
    if (observation.failedByFault) second.failedByFault++;
    if (observation.injected) second.injected++;
    if (observation.clientError) second.clientErrors++;
    if (observation.grpcError) second.grpcErrors++;
    if (!observation.mtls) second.plain++;
    second.histogram.record(observation.duration);
    second.flow[observation.outcome]++;
    this.#flow[observation.outcome]++;
  }

  /** A try that another one followed, or outran. */
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
    const share = (key: Count): number => (requests === 0 ? 0 : sum(window, key) / requests);
    return {
      rate: requests / span,
      errorShare: share('failed'),
      injectedErrorShare: share('failedByFault'),
      injectedShare: share('injected'),
      clientErrorShare: share('clientErrors'),
      grpcErrorShare: share('grpcErrors'),
      p50: this.#merged.percentile(0.5),
      p95: this.#merged.percentile(0.95),
      p99: this.#merged.percentile(0.99),
      retryRate: retries / span,
      flow,
      mtls: requests > 0 && sum(window, 'plain') === 0,
    };
  }

  /**
   * The figures as they were at the end of the second `at` (since 1970, whole), with the flow of that
   * second; undefined where nothing happened in the window before it, or it is forgotten.
   */
  past(at: number): (Figures & { mtls: boolean }) | undefined {
    this.#closeBefore(at + 1);
    const first = at - WINDOW_SECONDS + 1;
    const rows = Array.from({ length: WINDOW_SECONDS }, (_, i) => this.#log.get(first + i));
    return figuresOfRows(rows);
  }

  /** Up to the last whole second before `now` (seconds since 1970); gaps are zeros. */
  series(now: number): Series {
    const end = Math.floor(now);
    this.#closeBefore(end);
    const series: Series = {
      at: [],
      rate: [],
      errors: [],
      injected: [],
      p50: [],
      p95: [],
      p99: [],
    };
    for (let at = this.#log.first(end - KEPT_SECONDS, end); at < end; at++) {
      const row = this.#log.get(at);
      series.at.push(at);
      series.rate.push(row?.requests ?? 0);
      series.errors.push(row?.failed ?? 0);
      series.injected.push(row?.injected ?? 0);
      for (const key of ['p50', 'p95', 'p99'] as const) series[key].push(row?.[key] ?? 0);
    }
    return series;
  }

  #second(at: number): Second {
    const second = this.#seconds[at % this.#seconds.length] as Second;
    if (second.at === at) return second;
    // Late by more than the window: it counts for a second that is still open. Later than any
    // thread can be, the machine's clock was set back: what was counted ahead of it goes.
    if (second.at > at && second.at - at <= LATEST_SECONDS) return second;
    if (second.at > at) this.#log.forgetAfter(at);
    else this.#close(second);
    second.reset(at);
    return second;
  }

  #closeBefore(end: number): void {
    for (const second of this.#seconds) if (second.at < end) this.#close(second);
  }

  #close(second: Second): void {
    if (second.requests + second.retries > 0) this.#log.put(second.at, second.row());
  }
}

function noFlow(): Figures['flow'] {
  return { ok: 0, clientError: 0, failed: 0, injected: 0 };
}

function sum(seconds: readonly Second[], key: Count): number {
  return seconds.reduce((total, second) => total + second[key], 0);
}
