/** The shapes that telemetry hands out; the API's contract checks the same ones. */
import type { Badge } from './topology/decorate/badge.ts';

export interface Figures {
  rate: number;
  errorShare: number;
  injectedErrorShare: number;
  injectedShare: number;
  clientErrorShare: number;
  grpcErrorShare: number;
  p50: number;
  p95: number;
  p99: number;
  retryRate: number;
  flow: { ok: number; clientError: number; failed: number; injected: number };
}

export interface EdgeFigures extends Figures {
  from: string;
  to: string;
  mtls: boolean;
  protocol: string;
  open: number;
  badges: Badge[];
  versions: Record<string, Figures>;
  mirrors?: Record<string, MirrorFigures>;
}

export interface MirrorFigures {
  rate: number;
  unansweredShare: number;
  compared: number;
  statusDiffers: number;
  bodyDiffers: number;
  p50: number;
  p99: number;
  primaryP50: number;
  primaryP99: number;
}

export interface NodeBadges {
  node: string;
  badges: Badge[];
}

/** What a tick would have told at the end of a second that is gone. */
export interface Moment {
  /** Seconds since 1970. */
  at: number;
  edges: EdgeFigures[];
  nodes: NodeBadges[];
}

export interface Series {
  at: number[];
  rate: number[];
  errors: number[];
  injected: number[];
  p50: number[];
  p95: number[];
  p99: number[];
}

/** Per second, oldest first: open connections of an edge, and requests that waited for one. */
export interface Saturation {
  at: number[];
  connections: number[];
  pending: number[];
}

export interface TraceSummary {
  /** Rises by one from request to request. */
  id: number;
  traceId: string;
  /** Of its root hop. */
  spanId: string;
  start: number;
  from: string;
  to: string;
  method: string;
  path: string;
  status: number;
  grpcStatus: number;
  failure: string;
  failed: boolean;
  duration: number;
  hops: number;
  services: string[];
  failedInside: boolean;
  faults: string[];
  /** Of all its hops, as words: `retry`, `delay-injected`. */
  flags: readonly string[];
  /** Messages of some of its hops are kept. */
  captured: boolean;
}
