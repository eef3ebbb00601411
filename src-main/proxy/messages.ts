/** What the engine's thread and a data plane worker say to each other. */
import type { Milliseconds, Percent } from '../base/units.ts';
import type { AvoidanceCause } from './cluster/endpoint-state.ts';
import type { CapturedExchange, Lost } from './capture/captured.ts';
import type { ProxyConfig } from './config.ts';
import type { HopBatch } from './hop.ts';

/** An endpoint that a proxy sends nothing to. */
export interface AvoidedEndpoint {
  /** The instance's id. */
  readonly instance: string;
  readonly cause: AvoidanceCause;
  /** Milliseconds since 1970, where that is known: it is tried again soon after. */
  readonly until?: Milliseconds;
}

/** A version of which the first choice of endpoints does not get all requests of a proxy. */
export interface FailedOver {
  readonly service: string;
  readonly version: string;
  /** The first choice first. */
  readonly priorities: readonly {
    /** Its localities, or `priority 1`. */
    readonly name: string;
    /** Of the requests. */
    readonly load: Percent;
    /** Of its endpoints that are ready. */
    readonly well: number;
    readonly total: number;
  }[];
  /** Whether the first choice has got requests before. */
  readonly hasServed: boolean;
}

/** What a proxy makes of the endpoints that it knows. */
export interface EndpointJudgement {
  /** That it leaves out. */
  readonly endpoints: readonly AvoidedEndpoint[];
  readonly failedOver: readonly FailedOver[];
}

/** How much of a version a proxy uses at the moment, over all its endpoints. */
export interface UpstreamUse {
  /** The proxy: an instance's id, or `gateway`. */
  readonly node: string;
  readonly service: string;
  readonly version: string;
  /** Open ones, those that are being opened included. */
  readonly connections: number;
  /** Requests that wait for one. */
  readonly pending: number;
}

/** Engine to worker. */
export type ToWorker =
  /** Creates the proxy, or replaces its configuration whole; answered by `applied` or `refused`. */
  | { readonly type: 'configure'; readonly config: ProxyConfig }
  /** Stops accepting, lets exchanges end for `drain` at most, closes; answered by `removed`. */
  | { readonly type: 'remove'; readonly node: string; readonly drain: Milliseconds }
  /** Writes out the hops at hand, closes everything and ends the thread. */
  | { readonly type: 'stop' };

/** Worker to engine. */
export type FromWorker =
  | {
      readonly type: 'applied';
      readonly node: string;
      readonly version: number;
      /** The bound port of each listener, by its name. */
      readonly ports: Readonly<Record<string, number>>;
    }
  /** Nothing was changed: the version before still runs. */
  | {
      readonly type: 'refused';
      readonly node: string;
      readonly version: number;
      readonly runs: number | undefined;
      readonly reason: string;
      /** Node's code where the system refused: `EADDRINUSE`, `EACCES`. */
      readonly code?: string;
      readonly listener?: string;
    }
  /** A caller could not prove who it is at an mTLS listener; at most one a second per listener. */
  | {
      readonly type: 'handshake-failed';
      readonly node: string;
      readonly listener: string;
      readonly reason: string;
    }
  /** All that this proxy leaves out, and how it has failed over; told when that has changed. */
  | ({ readonly type: 'avoided'; readonly node: string } & EndpointJudgement)
  /** Of its proxies, what has changed; told once a second where anything has. */
  | { readonly type: 'use'; readonly uses: readonly UpstreamUse[] }
  | { readonly type: 'removed'; readonly node: string }
  /** The messages of exchanges whose hops have been written. */
  | {
      readonly type: 'captured';
      readonly exchanges: readonly CapturedExchange[];
      readonly lost: Lost;
    }
  | { readonly type: 'hops'; readonly batch: HopBatch };

/** What comes over a line to a data plane. */
export interface DataPlaneHandlers {
  /** In the order in which they were sent. */
  onMessage(message: FromWorker): void;
  /** The data plane is gone, told to or not; nothing comes after it. */
  onEnd(reason: string): void;
}

/** The engine's end of the line to a data plane, wherever that runs: in a worker thread or in a pod. */
export interface DataPlaneLink {
  /** In order. What is sent to one that has ended goes nowhere. */
  send(message: ToWorker): void;
  /** Once, before the event loop turns: nothing is kept for whoever comes late. */
  listen(handlers: DataPlaneHandlers): void;
}
