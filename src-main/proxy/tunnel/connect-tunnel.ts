/** Where a connection without messages goes: a route, a version, an endpoint, a connection to it. */
import { affinityOf } from '../cluster/affinity.ts';
import type { HashedRequest } from '../cluster/affinity.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Connecting } from '../cluster/connect.ts';
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

/** There are no heads to match: only what can be said of a whole connection counts. */
function requestOf({ serverName, remoteAddress }: TunnelCaller): RequestView & HashedRequest {
  return { method: '', path: '', host: serverName, names: [], values: [], remoteAddress };
}

/** First match wins. */
export function tunnelRoute(context: ExchangeContext, caller: TunnelCaller): Route | undefined {
  const request = requestOf(caller);
  return context.routes.find((one) => one.matches(request));
}

/** Calls exactly one of `onReady` and `onFailure`, later or at once. */
export function connectTunnel(
  context: ExchangeContext,
  caller: TunnelCaller,
  onReady: (open: OpenTunnel) => void,
  onFailure: (code: FailureCode, detail: string, target: TunnelTarget) => void,
): Connecting {
  const request = requestOf(caller);
  const route = tunnelRoute(context, caller);
  if (!route) return failed(() => onFailure('no-route', caller.serverName, NO_TARGET));
  const cluster = context.clusters.get(route.chooseCluster(request));
  const source = cluster?.hashSource;
  const affinity = source && affinityOf(source, request, context.services.ids);
  const pool = cluster?.pick(undefined, affinity?.hash);
  const target = { route, cluster, pool };
  if (!pool) return failed(() => onFailure('no-endpoint', `route ${route.config.name}`, target));
  return pool.openTunnel(
    (socket, times, peerSpiffeId, transport) => {
      cluster?.outliers?.onStatus(pool.state, 200);
      const side = { socket, transport, pending: NOTHING };
      onReady({ ...target, side, times, peerSpiffeId });
    },
    (code, detail) => {
      if (LOCAL_FAILURES.has(code)) cluster?.outliers?.onLocalFailure(pool.state, false);
      onFailure(code, detail, target);
    },
  );
}

const NO_TARGET: TunnelTarget = { route: undefined, cluster: undefined, pool: undefined };

/**
 * Told later, as every other failure is; not in a microtask: it may run within a callback of the TLS
 * of the caller's socket, which must not be destroyed there (Node crashes).
 */
function failed(tell: () => void): Connecting {
  const later = setImmediate(tell);
  return { cancel: () => clearImmediate(later) };
}
