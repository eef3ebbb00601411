/**
 * Edges, counted from the callers' side: who called whom, how often, how fast, how well. What only the
 * callee knows (a denial, a rate limit) is added from its side, as a badge.
 */
import type { HopCursor } from '../../proxy/hop-reader.ts';
import { HopFlag, isSuperseded } from '../../proxy/hop.ts';
import type { EdgeFigures, Figures, Moment, NodeBadges, Series } from '../figures.ts';
import { Channel, WINDOW_SECONDS, quietFigures } from '../histograms/channel.ts';
import { MirrorChannel, mirrorFigures } from './mirrors.ts';
import { OpenConnections } from './open-connections.ts';
import { observationOf } from './observation.ts';
import { DECORATORS, decorate } from './decorate/catalogue.ts';
import type { Badge } from './decorate/badge.ts';
import { FlagLog } from './flag-log.ts';
import { protocolOf } from './protocol.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly all: Channel;
  readonly versions: Map<string, Channel>;
  readonly open: OpenConnections;
  readonly flags: FlagLog;
  /** Of the last exchange. */
  protocol: string;
  /** The latest seconds in which a request ended, and in which one failed. */
  heard: number;
  failed: number;
  /** By the version that gets the shadows. */
  readonly mirrors: Map<string, MirrorChannel>;
}

/** Edges come from configuration; this only bounds what a bug could do. */
const MOST_EDGES = 20_000;

/** Flags that some badge speaks for. */
const BADGE_FLAGS = DECORATORS.flatMap(({ flags }) => flags).reduce(
  (all, flag) => all | HopFlag[flag],
  0,
);
/** What a callee's hop knows and its caller's does not. */
const CALLEE_FLAGS = HopFlag.RATE_LIMITED | HopFlag.DENIED | HopFlag.DENIED_DRY_RUN;

export class Edges {
  readonly #edges = new Map<string, Edge>();
  #news = false;
  /** Of requests that led to no service, by the node that they came to. */
  readonly #nodes = new Map<string, FlagLog>();

  /**
   * Whether something has come that nobody should wait for, since this was last asked: a request on an
   * edge that was idle, or a failure on one that had none.
   */
  takeNews(): boolean {
    const isNews = this.#news;
    this.#news = false;
    return isNews;
  }

  /** Takes a hop of a caller's side. */
  ingest(hop: HopCursor): void {
    const to = hop.destinationService;
    const second = Math.floor((hop.start + hop.duration) / 1000);
    if (to === '') return this.#ingestLost(hop, second);
    const edge = this.#edge(hop.sourceService, to);
    if (!edge) return;
    const { flags } = hop;
    mark(edge.flags, hop, second, BADGE_FLAGS);
    edge.protocol = protocolOf(hop.protocol, flags, hop.grpcStatus);
    const channels = [edge.all, this.#version(edge, hop.destinationVersion)];
    if (flags & HopFlag.TUNNEL) edge.open.end(hop.spanId);
    if (isSuperseded(flags)) {
      for (const channel of channels) channel.observeRetry(second);
      return;
    }
    const observation = observationOf(hop, second);
    for (const channel of channels) channel.observe(observation);
    if (second - edge.heard >= WINDOW_SECONDS) this.#news = true;
    edge.heard = Math.max(edge.heard, second);
    if (!observation.failed) return;
    if (second - edge.failed >= WINDOW_SECONDS) this.#news = true;
    edge.failed = Math.max(edge.failed, second);
  }

  /** Takes a hop of a callee's side. Who called is known from its certificate, if it showed one. */
  ingestCallee(hop: HopCursor): void {
    if ((hop.flags & CALLEE_FLAGS) === 0 || hop.sourceService === '') return;
    const edge = this.#edge(hop.sourceService, hop.destinationService);
    const second = Math.floor((hop.start + hop.duration) / 1000);
    if (edge) mark(edge.flags, hop, second, CALLEE_FLAGS);
  }

  /** Takes the word of a caller's side that a connection is open. */
  ingestOpen(hop: HopCursor): void {
    const edge = this.#edge(hop.sourceService, hop.destinationService);
    const mtls = (hop.flags & HopFlag.MTLS) !== 0;
    if (edge) edge.protocol = protocolOf(hop.protocol, hop.flags, hop.grpcStatus);
    edge?.open.hear(hop.spanId, (hop.start + hop.duration) / 1000, mtls);
  }

  /** Takes a shadow: it is counted by itself, and never among what anybody waited for. */
  ingestShadow(hop: HopCursor): void {
    const comparison = hop.mirror;
    const edge = this.#edge(hop.sourceService, hop.destinationService);
    if (!edge || !comparison) return;
    const version = hop.destinationVersion;
    let channel = edge.mirrors.get(version);
    if (!channel) edge.mirrors.set(version, (channel = new MirrorChannel()));
    const { duration, status } = hop;
    const second = Math.floor((hop.start + duration) / 1000);
    mark(edge.flags, hop, second, HopFlag.MIRROR);
    channel.observe({ second, duration, status, comparison });
  }

  /** All edges with traffic in the window or connections that are open, at `now` (seconds since 1970). */
  figures(now: number): EdgeFigures[] {
    const found: EdgeFigures[] = [];
    for (const edge of this.#edges.values()) {
      const { from, to, protocol } = edge;
      const open = edge.open.count(now);
      const badges = badgesAt(edge.flags, Math.floor(now));
      const mirrors = mirrorFigures(edge.mirrors, now);
      const quiet = open > 0 || badges.length > 0 || mirrors !== undefined;
      const figures = edge.all.figures(now) ?? (quiet ? quietFigures(edge.open.mtls) : undefined);
      const versions = versionFigures(edge.versions, (channel) => channel.figures(now));
      if (!figures) continue;
      const known = { from, to, protocol, open, badges, versions };
      found.push({ ...figures, ...known, ...(mirrors && { mirrors }) });
    }
    return found;
  }

  /** Of nodes, what happened to requests that led to no service. */
  nodeBadges(now: number): NodeBadges[] {
    return [...this.#nodes]
      .map(([node, flags]) => ({ node, badges: badgesAt(flags, Math.floor(now)) }))
      .filter(({ badges }) => badges.length > 0);
  }

  /** As `figures` would have told it at the end of the second `at`; open connections are not kept. */
  past(at: number): Moment {
    const edges: EdgeFigures[] = [];
    for (const { from, to, protocol, all, flags, versions } of this.#edges.values()) {
      const figures = all.past(at);
      const badges = badgesAt(flags, at);
      if (!figures && badges.length === 0) continue;
      edges.push({
        ...(figures ?? quietFigures(true)),
        ...{ from, to, protocol, open: 0, badges },
        versions: versionFigures(versions, (channel) => channel.past(at)),
      });
    }
    return { at, edges, nodes: this.nodeBadges(at) };
  }

  /** Of `from->to` or `from->to|version`; undefined where nothing ever flowed. */
  series(id: string, now: number): Series | undefined {
    const [name = '', version] = id.split('|');
    const edge = this.#edges.get(name);
    const channel = version === undefined ? edge?.all : edge?.versions.get(version);
    return channel?.series(now);
  }

  #ingestLost(hop: HopCursor, second: number): void {
    const node = hop.sourceService;
    if ((hop.flags & BADGE_FLAGS) === 0 || node === '') return;
    let flags = this.#nodes.get(node);
    if (!flags && this.#nodes.size < MOST_EDGES) this.#nodes.set(node, (flags = new FlagLog()));
    if (flags) mark(flags, hop, second, BADGE_FLAGS);
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
      flags: new FlagLog(),
      protocol: '',
      heard: -Infinity,
      failed: -Infinity,
      mirrors: new Map(),
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

function mark(log: FlagLog, hop: HopCursor, second: number, among: number): void {
  const flags = hop.flags & among;
  if (flags === 0) return;
  const { faults, rule } = hop;
  log.observe(second, flags, faults === '' || rule === '' ? faults + rule : `${faults},${rule}`);
}

/** Of the window that ends with the second `at`. */
function badgesAt(flags: FlagLog, at: number): Badge[] {
  return decorate(flags.between(at - WINDOW_SECONDS + 1, at), WINDOW_SECONDS);
}

function versionFigures(
  versions: ReadonlyMap<string, Channel>,
  read: (channel: Channel) => (Figures & { mtls: boolean }) | undefined,
): Record<string, Figures> {
  const found: Record<string, Figures> = {};
  for (const [name, channel] of versions) {
    const figures = read(channel);
    if (!figures) continue;
    const { mtls: _, ...rest } = figures;
    found[name] = rest;
  }
  return found;
}
