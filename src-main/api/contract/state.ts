/** What the engine keeps for the app, and the app holds a copy of. Plain JSON, checked on both sides. */
import { z } from 'zod';

export { problem } from '../../spec/problem.ts';
export type { Problem } from '../../spec/problem.ts';

const share = z.number().min(0).max(1);
const ms = z.number().min(0);

export const instanceStatus = z.enum([
  'starting',
  'ready',
  'unhealthy',
  'restarting',
  'stopped',
  'failed',
]);

/** Why a caller's proxy leaves an instance out. */
export const avoidanceCause = z.enum([
  'consecutive-5xx',
  'consecutive-gateway-errors',
  'consecutive-local-failures',
  'success-rate',
  'health-check',
]);

/** One running copy of a version. */
export const instanceState = z.object({
  id: z.string(),
  service: z.string(),
  version: z.string(),
  runtime: z.string(),
  /** `region/zone/subzone`; absent: nobody knows. */
  locality: z.string().exactOptional(),
  status: instanceStatus,
  /** Why it is not ready: exit code, failed check, missing command. */
  reason: z.string().optional(),
  restarts: z.number().int(),
  pid: z.number().int().optional(),
  /** `host:port` of the inbound mTLS listener. */
  inbound: z.string().optional(),
  spiffeId: z.string().optional(),
  /** Milliseconds since 1970. */
  certificateExpires: z.number().optional(),
  startedAt: z.number().optional(),
  /** Callers' proxies that send nothing to it; absent: none. */
  avoided: z
    .array(
      z.object({
        /** An instance's id or `gateway`. */
        by: z.string(),
        cause: avoidanceCause,
        /** Milliseconds since 1970, where that is known: it is asked again soon after. */
        until: z.number().exactOptional(),
      }),
    )
    .optional(),
});
export type InstanceState = z.infer<typeof instanceState>;

/** What an instance uses of its machine, as the container engine measures it. */
export const usageState = z.object({
  /** Per cent of one core: 150 is one core and a half. Absent: not known yet. */
  cpu: z.number().exactOptional(),
  /** Bytes, without the cache of files. */
  memory: z.number(),
  /** Bytes; absent: none. */
  memoryLimit: z.number().exactOptional(),
  /** Bytes per second; absent: not known yet. */
  received: z.number().exactOptional(),
  sent: z.number().exactOptional(),
});
export type UsageState = z.infer<typeof usageState>;

/** What acted on requests and where that is drawn; a kind for each thing that HopFlag can say. */
export const badgeKind = z.enum([
  'fault',
  'retry',
  'retry-limit',
  'retry-abandoned',
  'hedge',
  'timeout',
  'connect-failure',
  'reset',
  'caller-gone',
  'no-route',
  'no-endpoint',
  'bad-request',
  'bad-answer',
  'wrong-identity',
  'rate-limit',
  'denied',
  'denied-dry-run',
  'open-circuit',
  'ejected',
  'panic',
  'failover',
  'mirror',
  'direct-response',
  'grpc-failure',
  'idle-timeout',
]);
export type BadgeKind = z.infer<typeof badgeKind>;

export const badge = z.object({
  kind: badgeKind,
  /** Tries or requests that it acted on, per second. */
  rate: z.number().min(0),
  /** Of the faults or rules of the document that did it. */
  names: z.array(z.string()),
});
export type Badge = z.infer<typeof badge>;

/** Figures over the last `WINDOW` (5 s), and what flowed since the tick before. */
export const figures = z.object({
  /** Requests per second, tries that were retried not counted. */
  rate: z.number().min(0),
  /** Share of answers 5xx or none; injected ones included. */
  errorShare: share,
  /** Share that failed because of a fault: a part of `errorShare`. */
  injectedErrorShare: share,
  /** Share that a fault touched, whatever came of it. */
  injectedShare: share,
  /** Share of answers 4xx that no fault has made. */
  clientErrorShare: share,
  /** Share of gRPC statuses other than OK that no fault has made. */
  grpcErrorShare: share,
  p50: ms,
  p95: ms,
  p99: ms,
  /** Tries beyond the first, per second. */
  retryRate: z.number().min(0),
  /** Finished since the last tick, by outcome: what the particles are drawn from. */
  flow: z.object({
    ok: z.number().int(),
    clientError: z.number().int(),
    failed: z.number().int(),
    injected: z.number().int(),
  }),
});
export type Figures = z.infer<typeof figures>;

/** A caller's proxy that sends requests past its first choice of a version's instances. */
export const failoverState = z.object({
  /** An instance's id or `gateway`. */
  by: z.string(),
  version: z.string(),
  /** The first choice first: how many per cent of the requests it gets, and how many of it are well. */
  priorities: z.array(
    z.object({
      /** Its localities, or `priority 1`. */
      name: z.string(),
      load: z.number(),
      well: z.number().int(),
      total: z.number().int(),
    }),
  ),
});
export type FailoverState = z.infer<typeof failoverState>;

/** Shadows over the last `WINDOW` (5 s): requests that were sent a second time, and how they compare. */
export const mirrorFigures = z.object({
  /** Shadows per second. */
  rate: z.number().min(0),
  /** Share that had no answer: given up, refused, broken off. */
  unansweredShare: share,
  /** How many were compared: there were two answers, and no fault had a part in them. */
  compared: z.number().int().min(0),
  /** Shares of those that were compared. */
  statusDiffers: share,
  /** With the same status. */
  bodyDiffers: share,
  /** Of those that were compared: the shadows', then those that callers waited for. */
  p50: ms,
  p99: ms,
  primaryP50: ms,
  primaryP99: ms,
});
export type MirrorFigures = z.infer<typeof mirrorFigures>;

/** Traffic from one service to another, as the caller's proxy saw it. Its id is `from->to`. */
export const edgeState = figures.extend({
  from: z.string(),
  to: z.string(),
  /** Every request of the window went over mutual TLS. */
  mtls: z.boolean(),
  /** `http/1.0`, `http/1.1`, `h2`, `grpc`, `websocket`, `tcp` or `tls`, as the last exchange was. */
  protocol: z.string(),
  /** Connections of bytes (TCP, upgrades) that are open. */
  open: z.number().int().min(0),
  badges: z.array(badge),
  /** The same figures per version of `to`. */
  versions: z.record(z.string(), figures),
  /** Absent: every caller asks its first choice. */
  failovers: z.array(failoverState).exactOptional(),
  /** Shadows by the version of `to` that gets them, in no other figure; absent: none. */
  mirrors: z.record(z.string(), mirrorFigures).exactOptional(),
});
export type EdgeState = z.infer<typeof edgeState>;

/** What happened at a node to requests that led to no service. */
export const nodeBadges = z.object({ node: z.string(), badges: z.array(badge) });
export type NodeBadges = z.infer<typeof nodeBadges>;

/** A second that is gone, as the ticks told it then. */
export const moment = z.object({
  /** Seconds since 1970. */
  at: z.number(),
  edges: z.array(edgeState),
  nodes: z.array(nodeBadges),
});
export type Moment = z.infer<typeof moment>;

/** A request as the list shows it: the root hop of a trace. */
export const requestSummary = z.object({
  /** Rises from request to request. */
  id: z.number().int(),
  traceId: z.string(),
  /** Of the root hop. */
  spanId: z.string(),
  start: z.number(),
  from: z.string(),
  to: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number().int(),
  /** -1: none. */
  grpcStatus: z.number().int(),
  failure: z.string(),
  /** Of what the caller saw, as the figures count it. */
  failed: z.boolean(),
  duration: ms,
  hops: z.number().int(),
  /** Services in order of first appearance. */
  services: z.array(z.string()),
  /** Some hop of the trace failed (5xx or none), whether or not the caller saw it. */
  failedInside: z.boolean(),
  /** Names of the faults that acted anywhere in the trace. */
  faults: z.array(z.string()),
  /** What befell it on the way, of all its hops: HopFlag's names as words, `delay-injected`. */
  flags: z.array(z.string()).readonly(),
  /** The messages of some of its hops are kept. */
  captured: z.boolean(),
});
export type RequestSummary = z.infer<typeof requestSummary>;

/** One line of the timeline. */
export const eventEntry = z.object({
  id: z.number().int(),
  at: z.number(),
  kind: z.enum(['instance', 'edit', 'problem', 'identity', 'engine']),
  severity: z.enum(['info', 'warning', 'error']),
  /** The service or instance it speaks of. */
  subject: z.string().optional(),
  message: z.string(),
});
export type EventEntry = z.infer<typeof eventEntry>;

/** A hop of a trace, as the waterfall draws it. Times in milliseconds. */
export const hopView = z.object({
  spanId: z.string(),
  parentId: z.string(),
  node: z.string(),
  direction: z.enum(['outbound', 'inbound', 'gateway']),
  source: z.string(),
  sourceVersion: z.string(),
  destination: z.string(),
  destinationVersion: z.string(),
  destinationInstance: z.string(),
  /** Of the instance, `region/zone/subzone`; empty: none. */
  destinationLocality: z.string(),
  /** Of the instance for its caller; 0: the first choice. */
  priority: z.number().int(),
  route: z.string(),
  /** What the caller speaks here: `http/1.1`, `h2`, `tcp`, …. */
  protocol: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number().int(),
  /** -1: none. */
  grpcStatus: z.number().int(),
  failure: z.string(),
  /** As the figures count it. */
  failed: z.boolean(),
  /** Of the document, where one decided: a denial, a rate limit, a redirect. */
  rule: z.string(),
  faults: z.array(z.string()),
  /** What stood on its route, in the order in which it acts. */
  filters: z.array(
    z.object({
      /** As the document calls it: `authorization`, `retry`, `delay`. */
      kind: z.string(),
      /** Of the fault or the rule; empty where it has none. */
      name: z.string(),
      /** It made a difference to this hop. */
      acted: z.boolean(),
    }),
  ),
  peerSpiffeId: z.string(),
  /** Names of HopFlag. */
  flags: z.array(z.string()),
  attempt: z.number().int(),
  start: z.number(),
  duration: ms,
  exchangeDuration: ms,
  timing: z.object({ proxy: ms, injected: ms, queue: ms, connect: ms, tls: ms, upstream: ms }),
  requestBytes: z.number(),
  responseBytes: z.number(),
  /** Its messages are kept: `exchange` gives them. */
  captured: z.boolean(),
  /** A shadow, or what came of one: nobody waited for it. Absent: it is none. */
  shadow: z.boolean().exactOptional(),
  /** Of a shadow: what its answer was compared with. */
  mirror: z
    .object({
      compared: z.boolean(),
      statusDiffers: z.boolean(),
      bodyDiffers: z.boolean(),
      /** 0: the caller's own request had no answer. */
      primaryStatus: z.number().int(),
      primaryGrpcStatus: z.number().int(),
      primaryDuration: ms,
      primaryBytes: z.number(),
    })
    .exactOptional(),
});
export type HopView = z.infer<typeof hopView>;

export const traceView = z.object({
  traceId: z.string(),
  start: z.number(),
  duration: ms,
  hops: z.array(hopView),
});
export type TraceView = z.infer<typeof traceView>;

/** Per second, oldest first: open connections of an edge, and requests that waited for one. */
export const saturation = z.object({
  /** Seconds since 1970. */
  at: z.array(z.number()),
  connections: z.array(z.number()),
  pending: z.array(z.number()),
});
export type Saturation = z.infer<typeof saturation>;

/** Per second, oldest first; all arrays have the same length. */
export const series = z.object({
  /** Seconds since 1970. */
  at: z.array(z.number()),
  rate: z.array(z.number()),
  errors: z.array(z.number()),
  injected: z.array(z.number()),
  p50: z.array(z.number()),
  p95: z.array(z.number()),
  p99: z.array(z.number()),
});
export type Series = z.infer<typeof series>;
