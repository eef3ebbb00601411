/** Where a connection without messages goes: a route, a version, an endpoint, a connection to it. */
import { affinityOf } from '../cluster/affinity.ts';
import type { HashedRequest } from '../cluster/affinity.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { IdentityFaultConfig } from '../config/fault.ts';
import type { Connecting, OnReady } from '../cluster/connect.ts';
import { LOCAL_FAILURES } from '../cluster/outlier/outcome.ts';
import type { EndpointPool } from '../cluster/endpoint-pool.ts';
import type { ExchangeContext } from '../exchange/context.ts';
import type { ConnectTimes } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import type { RequestView } from '../router/match.ts';
import type { Route } from '../router/route.ts';
import type { TunnelSide } from './tunnel.ts';

/** What was chosen, as far as it came. */
export interface TunnelTarget {
  readonly route: Route | undefined;
  readonly cluster: Cluster | undefined;
  readonly pool: EndpointPool | undefined;
}

export interface OpenTunnel extends TunnelTarget {
  readonly side: TunnelSide;
  readonly times: ConnectTimes;
  readonly peerSpiffeId: string;
}

const NOTHING = Buffer.alloc(0);

/** What is known of a connection before any of its bytes is understood. */
export interface TunnelCaller {
  /** Of a TLS hello; empty where there is none. */
  readonly serverName: string;
  readonly remoteAddress: string;
}

/**
 * A connection as routes and faults see it: there are no heads to match, so only what can be said of
 * all of it counts.
 */
export function requestOf({
  serverName,
  remoteAddress,
}: TunnelCaller): RequestView & HashedRequest {
  return { method: '', path: '', host: serverName, names: [], values: [], remoteAddress };
}

/** First match wins. */
export function tunnelRoute(context: ExchangeContext, caller: TunnelCaller): Route | undefined {
  const request = requestOf(caller);
  return context.routes.find((one) => one.matches(request));
}

/** Chooses a version and an endpoint of it. */
export function chooseTarget(
  context: ExchangeContext,
  route: Route | undefined,
  caller: TunnelCaller,
): TunnelTarget {
  if (!route) return NO_TARGET;
  const request = requestOf(caller);
  const cluster = context.clusters.get(route.chooseCluster(request));
  const source = cluster?.hashSource;
  const affinity = source && affinityOf(source, request, context.services.ids);
  return { route, cluster, pool: cluster?.pick(undefined, affinity?.hash) };
}

/**
 * Calls exactly one of `onReady` and `onFailure`, later or at once.
 * @param identity what a fault makes of who connects to whom
 */
export function openTarget(
  target: TunnelTarget,
  identity: IdentityFaultConfig | undefined,
  onReady: (open: OpenTunnel) => void,
  onFailure: (code: FailureCode) => void,
): Connecting {
  const { route, cluster, pool } = target;
  if (!route) return failed(() => onFailure('no-route'));
  if (!pool) return failed(() => onFailure('no-endpoint'));
  const opened: OnReady = (socket, times, peerSpiffeId, transport) => {
    cluster?.outliers?.onStatus(pool.state, 200);
    const side = { socket, transport, pending: NOTHING };
    onReady({ ...target, side, times, peerSpiffeId });
  };
  const refused = (code: FailureCode): void => {
    noteLocalFailure(target, code);
    onFailure(code);
  };
  if (!cluster || !identity) return pool.openTunnel(opened, refused);
  return cluster.openFaultyTunnel(pool, identity, opened, refused);
}

/** Tells outlier detection that there was no connection, whether or not that was on purpose. */
export function noteLocalFailure({ cluster, pool }: TunnelTarget, code: FailureCode): void {
  if (pool && LOCAL_FAILURES.has(code)) cluster?.outliers?.onLocalFailure(pool.state, false);
}

export const NO_TARGET: TunnelTarget = { route: undefined, cluster: undefined, pool: undefined };

/**
 * Told later, as every other failure is; not in a microtask: it may run within a callback of the TLS
 * of the caller's socket, which must not be destroyed there (Node crashes).
 */
function failed(tell: () => void): Connecting {
  const later = setImmediate(tell);
  return { cancel: () => clearImmediate(later) };
}
