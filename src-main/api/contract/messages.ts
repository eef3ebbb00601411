/**
 * The one map of the boundary between engine and app: JSON-RPC 2.0 over a WebSocket at
 * `/rpc?token=…`. Both ends derive their types and their checks from it.
 */
import { z } from 'zod';
import { mesh } from '../../spec/mesh.ts';
import { exportResult, exportTarget } from '../../convert/export/result.ts';
import { edit } from '../../spec/edits.ts';
import { rolloutPlan, rolloutView } from '../../spec/rollout.ts';
import { certificateView, environmentVariable } from './inspection.ts';
import { captureProgress, capturedExchange, outgoingRequest, sentRequest } from './exchange.ts';
import { harPart, harRequest, MOST_IN_HAR } from './har.ts';
import {
  edgeState,
  eventEntry,
  instanceState,
  moment,
  nodeBadges,
  problem,
  requestSummary,
  saturation,
  series,
  traceView,
  usageState,
} from './state.ts';

export const documentState = z.object({
  /** Absolute path of the file. */
  path: z.string(),
  /** Text of the version that runs. */
  text: z.string(),
  /** Rises with each accepted change; an edit names the one it was made on. */
  version: z.number().int(),
  mesh,
  /** The same as it is written: what forms change a copy of. */
  content: z.record(z.string(), z.unknown()),
  /** Of the last text that was refused, or warnings of the one that runs. */
  problems: z.array(problem),
  /** What the file holds where that was refused: the problems are this text's. */
  refused: z.string().exactOptional(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
});

export const engineState = z.object({
  status: z.enum(['starting', 'ready', 'stopping']),
  version: z.string(),
  gatewayUrl: z.string(),
  /** Where the gateway's TLS ends; absent: nowhere. */
  gatewayTlsUrl: z.string().exactOptional(),
  startedAt: z.number(),
});

/** All that the app knows. */
export const state = z.object({
  engine: engineState,
  document: documentState,
  instances: z.record(z.string(), instanceState),
  edges: z.record(z.string(), edgeState),
  /** By node; one that is not named has none. */
  nodeBadges: z.record(z.string(), nodeBadges),
  /** Newest last, at most 500. */
  requests: z.array(requestSummary),
  /** Of each service the last one, until it is dismissed. */
  rollouts: z.array(rolloutView),
  /** Of those that are enabled. */
  captures: z.array(captureProgress),
  /** By instance; of those that are not named nothing is known. */
  usage: z.record(z.string(), usageState),
  /** Newest last, at most 500. */
  events: z.array(eventEntry),
});
export type State = z.infer<typeof state>;
export type DocumentState = z.infer<typeof documentState>;
export type EngineState = z.infer<typeof engineState>;

/** A change of the state; `apply.ts` in the app is the one place that knows what each does. */
export const delta = z.discriminatedUnion('kind', [
  /** Everything anew: sent to an app that had fallen behind. */
  z.object({ kind: z.literal('state'), state }),
  z.object({ kind: z.literal('engine'), engine: engineState }),
  z.object({ kind: z.literal('document'), document: documentState }),
  z.object({
    kind: z.literal('instances'),
    put: z.array(instanceState),
    removed: z.array(z.string()),
  }),
  /** Four times a second: all edges that had traffic in the window; an edge not named is idle. */
  z.object({
    kind: z.literal('tick'),
    at: z.number(),
    edges: z.array(edgeState),
    nodes: z.array(nodeBadges),
  }),
  /**
   * At most 25 per tick; `skipped` counts the ones left out, and `removed` has the ids of those that
   * have turned out to be parts of others.
   */
  z.object({
    kind: z.literal('requests'),
    items: z.array(requestSummary),
    skipped: z.number().int(),
    removed: z.array(z.number().int()),
  }),
  z.object({ kind: z.literal('rollouts'), rollouts: z.array(rolloutView) }),
  z.object({ kind: z.literal('captures'), captures: z.array(captureProgress) }),
  /** Every two seconds, where there are containers: all that is known. */
  z.object({ kind: z.literal('usage'), usage: z.record(z.string(), usageState) }),
  z.object({ kind: z.literal('event'), event: eventEntry }),
]);
export type Delta = z.infer<typeof delta>;

const nothing = z.object({});

/** What an edit would do: nothing of it is done yet. */
export const forecast = z.object({
  /** Errors mean that it would be refused. */
  problems: z.array(problem),
  /** Warnings that the document has already. */
  known: z.array(problem),
  /** Where the edit's policy stands, or would. */
  path: z.array(z.union([z.string(), z.number().int()])),
  /** The lines that differ: `line` counts from 1, in the text as it is. */
  change: z.object({
    line: z.number().int(),
    removed: z.array(z.string()),
    added: z.array(z.string()),
  }),
});
export type Forecast = z.infer<typeof forecast>;
const editResult = z.object({ version: z.number().int() });

/** Requests of the app: name → what goes in, what comes out. */
export const methods = {
  /** The whole state; from then on the session gets every delta. */
  subscribe: { params: nothing, result: state },
  /** @throws stale | refused (data: Problem[]) */
  edit: { params: z.object({ base: z.number().int(), edit }), result: editResult },
  /** All that is wrong with a text, and its warnings; nothing is changed. */
  checkText: {
    params: z.object({ text: z.string() }),
    result: z.object({ problems: z.array(problem) }),
  },
  /** Tries an edit on paper, with all that `edit` would check. @throws refused: it does not fit */
  checkEdit: { params: z.object({ edit }), result: forecast },
  undo: { params: nothing, result: editResult },
  redo: { params: nothing, result: editResult },
  /**
   * A page of all requests that the engine keeps, newest first. One question looks at some 20,000
   * of them; where `next` is given, there may be more before it. @throws wrong filter
   */
  requests: {
    params: z.object({
      filter: z.string().max(1000),
      before: z.number().int().optional(),
      after: z.number().int().min(0).optional(),
      limit: z.number().int().min(0).max(500),
    }),
    result: z.object({
      items: z.array(requestSummary),
      /** With `after`: all that fit, those beyond the limit too. */
      matched: z.number().int(),
      next: z.number().int().optional(),
      oldest: z.number().int(),
      kept: z.number().int(),
    }),
  },
  /** @throws unknown */
  trace: { params: z.object({ traceId: z.string() }), result: traceView },
  /** The messages of a hop; `revealed`: with their secrets, where they were kept. @throws unknown */
  exchange: {
    params: z.object({ traceId: z.string(), spanId: z.string(), revealed: z.boolean() }),
    result: capturedExchange,
  },
  /**
   * Sends a request into the mesh by the way that its caller's requests take, and waits until it has
   * ended. Its messages are kept as captured ones are. @throws unknown: there is no such way in
   */
  send: { params: outgoingRequest, result: sentRequest },
  /**
   * Requests as parts of an HTTP Archive 1.2, secrets masked.
   */
  har: {
    params: z.object({ wanted: z.array(harRequest).max(MOST_IN_HAR) }),
    result: harPart,
  },
  /** The last fifteen minutes of an edge (`from->to`), or of an edge's version (`from->to|v2`). */
  series: { params: z.object({ edge: z.string() }), result: series },
  /**
   * The last fifteen minutes of an edge's connections; from a service to itself: of its sidecars to its
   * instances.
   */
  saturation: { params: z.object({ edge: z.string() }), result: saturation },
  /** Of the last fifteen minutes; `at`: seconds since 1970. Empty where it is forgotten. */
  moment: { params: z.object({ at: z.number() }), result: moment },
  export: { params: z.object({ target: exportTarget }), result: exportResult },
  /** The last lines of an instance's output, oldest first. */
  logs: {
    params: z.object({ instance: z.string() }),
    result: z.object({
      lines: z.array(
        z.object({ at: z.number(), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
      ),
    }),
  },
  /** `node`: an instance's id, or `gateway`. @throws unknown */
  certificate: { params: z.object({ node: z.string() }), result: certificateView },
  /** What a proxy runs, compiled, as YAML with keys masked. @throws unknown */
  configuration: {
    params: z.object({ node: z.string() }),
    result: z.object({ version: z.number().int(), text: z.string() }),
  },
  /** What an instance is started with, by name; none for a stub. @throws unknown */
  environment: {
    params: z.object({ instance: z.string() }),
    result: z.object({ variables: z.array(environmentVariable) }),
  },
  /** Begins a rollout; its first step is taken at once. @throws refused */
  startRollout: { params: rolloutPlan, result: nothing },
  /** While the service's rollout is under way; `finish`: all steps that are left at once. @throws unknown */
  steerRollout: {
    params: z.object({ service: z.string(), how: z.enum(['pause', 'resume', 'finish']) }),
    result: nothing,
  },
  /** Of the service's rollout. @throws unknown */
  endRollout: {
    params: z.object({ service: z.string(), how: z.enum(['stop', 'rollBack', 'dismiss']) }),
    result: nothing,
  },
  restartInstance: { params: z.object({ id: z.string() }), result: nothing },
} as const;
export type Method = keyof typeof methods;
export type Params<M extends Method> = z.infer<(typeof methods)[M]['params']>;
export type Result<M extends Method> = z.infer<(typeof methods)[M]['result']>;

/** What the engine sends unasked: JSON-RPC notifications. */
export const notifications = {
  delta: z.object({ deltas: z.array(delta) }),
} as const;

/** JSON-RPC error codes of our own; the standard ones (-32700 … -32603) keep their meaning. */
export const RpcError = {
  /** The edit was made on a version that is no longer the newest; data: { version }. */
  STALE: -32001,
  /** The document would be wrong; data: { problems }. */
  REFUSED: -32002,
  /** There is no such trace, edge or instance. */
  UNKNOWN: -32003,
  /** The filter cannot be understood; data: { problems: FilterProblem[] }. */
  WRONG_FILTER: -32004,
} as const;
