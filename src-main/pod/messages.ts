/**
 * What the engine and the program in a pod's sidecar say to each other, over the container's standard
 * input and output: all that a data plane is told, and what only a pod has.
 */
import type { Milliseconds } from '../base/units.ts';
import type { FromWorker, ToWorker } from '../proxy/messages.ts';

/** Names that lead to an address, in /etc/hosts. */
export interface HostNames {
  /** IPv4. */
  readonly address: string;
  /** At least one. */
  readonly names: readonly string[];
}

/** Connections of the workload that the sidecar takes instead. */
export interface Redirect {
  /** A peer's virtual address, 127.7.0.0/16. */
  readonly address: string;
  readonly port: number;
  /** The port of the sidecar's own listener, on loopback. */
  readonly to: number;
}

/** A port that others may reach as if there were no sidecar; its connections go there all the same. */
export interface Entry {
  readonly port: number;
  /** The port of the sidecar's inbound listener. */
  readonly to: number;
}

/** How the pod's network is laid: replaced whole, in one transaction. */
export interface PodWiring {
  readonly names: readonly HostNames[];
  readonly redirects: readonly Redirect[];
  readonly entries: readonly Entry[];
  /** TCP ports that others may reach; all others are refused. */
  readonly open: readonly number[];
}

/** By what the pod's traffic is caught; `none`: nothing in there can, and every port is open. */
export type RedirectMeans = 'nftables' | 'iptables' | 'none';

export interface Wired {
  readonly means: RedirectMeans;
  /** Why by nothing better. */
  readonly reason?: string;
}

/** What to ask of a port, to know whether a program is well. */
export interface ProbeCheck {
  /** An HTTP path that must answer 2xx or 3xx; absent: the port must accept a connection. */
  readonly path?: string | undefined;
  readonly timeout: Milliseconds;
}

export interface ProbeTarget extends ProbeCheck {
  /** A name or an address, as it is seen from the pod. */
  readonly host: string;
  readonly port: number;
}

/** `id` stands in the answer. */
export type ToPod =
  | ToWorker
  /** Answered by `wired`, or by `failed`. */
  | { readonly type: 'wire'; readonly id: number; readonly wiring: PodWiring }
  /** Answered by `probed`. */
  | { readonly type: 'probe'; readonly id: number; readonly target: ProbeTarget };

export type FromPod =
  | FromWorker
  /** The first of all: it is ready for messages. */
  | { readonly type: 'hello'; readonly protocol: number }
  | ({ readonly type: 'wired'; readonly id: number } & Wired)
  /** Without `failure` it is well. */
  | { readonly type: 'probed'; readonly id: number; readonly failure?: string }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }
  /** The engine was too slow to take them: so many hop records were let go of. */
  | { readonly type: 'hops-lost'; readonly count: number };

/** Rises when either side would not understand the other as it was before. */
export const POD_PROTOCOL = 1;
/** The port of a sidecar's inbound listener, as Istio's. */
export const POD_INBOUND_PORT = 15_006;

/** Of its listener for the workload's nth port, the first being 0. */
export function podInboundPort(index: number): number {
  return POD_INBOUND_PORT + index;
}
