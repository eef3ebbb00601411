/** Where a connection without messages goes: a route, a version, an endpoint, a connection to it. */
import type { Cluster } from '../cluster/cluster.ts';
import type { Connecting } from '../cluster/connect.ts';
import type { EndpointPool } from '../cluster/endpoint-pool.ts';
import type { ExchangeContext } from '../exchange/context.ts';
import type { ConnectTimes } from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
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

/** There are no heads to match: only what can be said of a whole connection counts. */
function requestOf(serverName: string): Parameters<Route['matches']>[0] {
  return { method: '', path: '', host: serverName, names: [], values: [] };
}

/** First match wins. */
export function tunnelRoute(context: ExchangeContext, serverName: string): Route | undefined {
  const request = requestOf(serverName);
  return context.routes.find((one) => one.matches(request));
}

/**
 * Calls exactly one of `onReady` and `onFailure`, later or at once.
 * @param serverName of a TLS hello; empty where there is none.
 */
export function connectTunnel(
  context: ExchangeContext,
  serverName: string,
  onReady: (open: OpenTunnel) => void,
  onFailure: (code: FailureCode, detail: string, target: TunnelTarget) => void,
): Connecting {
  const request = requestOf(serverName);
  const route = tunnelRoute(context, serverName);
  if (!route) return failed(() => onFailure('no-route', serverName, NO_TARGET));
  const cluster = context.clusters.get(route.chooseCluster(request));
  const pool = cluster?.pick(undefined);
  const target = { route, cluster, pool };
  if (!pool) return failed(() => onFailure('no-endpoint', `route ${route.config.name}`, target));
  return pool.openTunnel(
    (socket, times, peerSpiffeId, transport) => {
      const side = { socket, transport, pending: NOTHING };
      onReady({ ...target, side, times, peerSpiffeId });
    },
    (code, detail) => onFailure(code, detail, target),
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
