/** Edges, counted from the callers' side: who called whom, how often, how fast, how well. */
import type { HopCursor } from '../../proxy/hop-reader.ts';
import { HopFlag } from '../../proxy/hop.ts';
import type { EdgeFigures, Figures, Series } from '../figures.ts';
import { Channel, quietFigures } from '../histograms/channel.ts';
import { OpenConnections } from './open-connections.ts';
import { isFailed, isFailedByFault, outcomeOf } from '../outcome.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly all: Channel;
  readonly versions: Map<string, Channel>;
  readonly open: OpenConnections;
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
    if (flags & HopFlag.TUNNEL) edge.open.end(hop.spanId);
    if (flags & HopFlag.RETRIED) {
      for (const channel of channels) channel.observeRetry(second);
      return;
    }
    const { status, grpcStatus, faults } = hop;
    const facts = { status, grpcStatus, flags, faults };
    const observation = {
      second,
      // How long a tunnel lived says nothing of how long anybody waited.
      duration: flags & HopFlag.TUNNEL ? hop.established : hop.exchangeDuration,
      outcome: outcomeOf(facts),
      failed: isFailed(facts),
      failedByFault: isFailedByFault(facts),
      injected: facts.faults !== '',
      // An exchange that never reached a connection says nothing against it.
      mtls: (flags & HopFlag.MTLS) !== 0 || hop.failure !== '',
    };
    for (const channel of channels) channel.observe(observation);
  }

  /** Takes the word of a caller's side that a connection is open. */
  ingestOpen(hop: HopCursor): void {
    const edge = this.#edge(hop.sourceService, hop.destinationService);
    const mtls = (hop.flags & HopFlag.MTLS) !== 0;
    edge?.open.hear(hop.spanId, (hop.start + hop.duration) / 1000, mtls);
  }

  /** All edges with traffic in the window or connections that are open, at `now` (seconds since 1970). */
  figures(now: number): EdgeFigures[] {
    const found: EdgeFigures[] = [];
    for (const edge of this.#edges.values()) {
      const { from, to } = edge;
      const open = edge.open.count(now);
      const figures =
        edge.all.figures(now) ?? (open > 0 ? quietFigures(edge.open.mtls) : undefined);
      const versions = versionFigures(edge.versions, now);
      if (figures) found.push({ ...figures, from, to, open, versions });
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
    const edge: Edge = {
      from,
      to,
      all: new Channel(),
      versions: new Map(),
      open: new OpenConnections(),
    };
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
