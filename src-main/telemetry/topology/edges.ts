/** Edges, counted from the callers' side: who called whom, how often, how fast, how well. */
import type { HopCursor } from '../../proxy/hop-reader.ts';
import { HopFlag } from '../../proxy/hop.ts';
import type { EdgeFigures, Figures, Series } from '../figures.ts';
import { Channel } from '../histograms/channel.ts';
import { isFailed, isFailedByFault, outcomeOf } from '../outcome.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly all: Channel;
  readonly versions: Map<string, Channel>;
}

/** Edges come from configuration; this only bounds what a bug could do. */
const MOST_EDGES = 20_000;

export class Edges {
  readonly #edges = new Map<string, Edge>();

  /** Takes a hop of a caller's side. */
  ingest(hop: HopCursor): void {
    const to = hop.destinationService;
    if (to === '') return;
    const edge = this.#edge(hop.sourceService, to);
    if (!edge) return;
    const channels = [edge.all, this.#version(edge, hop.destinationVersion)];
    const second = Math.floor((hop.start + hop.duration) / 1000);
    const { flags } = hop;
    if (flags & HopFlag.RETRIED) {
      for (const channel of channels) channel.observeRetry(second);
      return;
    }
    const { status, grpcStatus, faults } = hop;
    const facts = { status, grpcStatus, flags, faults };
    const observation = {
      second,
      duration: hop.exchangeDuration,
      outcome: outcomeOf(facts),
      failed: isFailed(facts),
      failedByFault: isFailedByFault(facts),
      injected: facts.faults !== '',
      // An exchange that never reached a connection says nothing against it.
      mtls: (flags & HopFlag.MTLS) !== 0 || hop.failure !== '',
    };
    for (const channel of channels) channel.observe(observation);
  }

  /** All edges with traffic in the window, at `now` (seconds since 1970). */
  figures(now: number): EdgeFigures[] {
    const found: EdgeFigures[] = [];
    for (const { from, to, all, versions } of this.#edges.values()) {
      const figures = all.figures(now);
      const byVersion = versionFigures(versions, now);
      if (figures) found.push({ ...figures, from, to, versions: byVersion });
    }
    return found;
  }

  /** Of `from->to` or `from->to|version`; undefined where nothing ever flowed. */
  series(id: string, now: number): Series | undefined {
    const [name = '', version] = id.split('|');
    const edge = this.#edges.get(name);
    const channel = version === undefined ? edge?.all : edge?.versions.get(version);
    return channel?.series(now);
  }

  #edge(from: string, to: string): Edge | undefined {
    const id = `${from}->${to}`;
    const known = this.#edges.get(id);
    if (known || this.#edges.size >= MOST_EDGES) return known;
    const edge = { from, to, all: new Channel(), versions: new Map<string, Channel>() };
    this.#edges.set(id, edge);
    return edge;
  }

  #version(edge: Edge, name: string): Channel {
    let channel = edge.versions.get(name);
    if (!channel) edge.versions.set(name, (channel = new Channel()));
    return channel;
  }
}

function versionFigures(
  versions: ReadonlyMap<string, Channel>,
  now: number,
): Record<string, Figures> {
  const found: Record<string, Figures> = {};
  for (const [name, channel] of versions) {
    const figures = channel.figures(now);
    if (!figures) continue;
    const { mtls: _, ...rest } = figures;
    found[name] = rest;
  }
  return found;
}
