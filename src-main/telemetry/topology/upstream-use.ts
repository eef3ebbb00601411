/**
 * How much of a service its callers' proxies use at the moment, and have used second by second in the
 * last fifteen minutes: open connections, and requests that wait for one (Envoy's
 * `upstream_cx_active` and `upstream_rq_pending_active`, as gauges).
 */
import { KEPT_SECONDS } from '../histograms/second-log.ts';
import type { Saturation } from '../figures.ts';

export interface Use {
  readonly connections: number;
  readonly pending: number;
}

/** What a proxy says of one version. */
export interface ProxyUse extends Use {
  readonly node: string;
  readonly service: string;
  readonly version: string;
}

/** More is told as so much. */
const MOST = 65_535;

class Edge {
  /** By proxy and version. */
  readonly parts = new Map<string, Use>();
  /** Since 1970, whole: of the newest second that is kept. */
  last = 0;
  /** The earliest that is kept. */
  first = Infinity;
  readonly #connections = new Uint16Array(KEPT_SECONDS);
  readonly #pending = new Uint16Array(KEPT_SECONDS);

  sum(): Use {
    let [connections, pending] = [0, 0];
    for (const part of this.parts.values()) {
      connections += part.connections;
      pending += part.pending;
    }
    return { connections, pending };
  }

  /** Keeps what is in use now for all seconds up to `second` that nothing was kept for. */
  keep(second: number): void {
    const { connections, pending } = this.sum();
    this.first = Math.min(this.first, second);
    const from = Math.max(this.last + 1, this.first, second - KEPT_SECONDS + 1);
    for (let at = from; at <= second; at++) {
      this.#connections[at % KEPT_SECONDS] = Math.min(MOST, connections);
      this.#pending[at % KEPT_SECONDS] = Math.min(MOST, pending);
    }
    this.last = second;
  }

  series(): Saturation {
    const series: Saturation = { at: [], connections: [], pending: [] };
    const first = Math.max(this.first, this.last - KEPT_SECONDS + 1);
    for (let at = first; at <= this.last; at++) {
      series.at.push(at);
      series.connections.push(this.#connections[at % KEPT_SECONDS] ?? 0);
      series.pending.push(this.#pending[at % KEPT_SECONDS] ?? 0);
    }
    return series;
  }
}

export class UpstreamUses {
  readonly #edges = new Map<string, Edge>();
  #second = 0;

  /** `from`: the service (or `gateway`) that the proxy is of. */
  take(from: string, { node, service, version, connections, pending }: ProxyUse): void {
    const id = `${from}->${service}`;
    let edge = this.#edges.get(id);
    if (!edge) this.#edges.set(id, (edge = new Edge()));
    const part = `${node} ${version}`;
    if (connections + pending === 0) edge.parts.delete(part);
    else edge.parts.set(part, { connections, pending });
  }

  /** Of a proxy that is gone. */
  forget(node: string): void {
    for (const { parts } of this.#edges.values()) {
      for (const part of parts.keys()) if (part.startsWith(`${node} `)) parts.delete(part);
    }
  }

  /** To be called more than once a second. `now`: seconds since 1970. */
  tick(now: number): void {
    const second = Math.floor(now);
    if (second === this.#second) return;
    // The clock was set back: what was kept of later seconds is of no use.
    if (second < this.#second)
      for (const edge of this.#edges.values()) [edge.first, edge.last] = [Infinity, 0];
    this.#second = second;
    for (const edge of this.#edges.values()) edge.keep(second);
  }

  /** Of `from->to`; undefined where nothing was ever in use. */
  series(edge: string): Saturation | undefined {
    return this.#edges.get(edge)?.series();
  }
}
