/** What every exchange of a listener works with; replaced whole when a configuration is applied. */
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { LimitsConfig, ListenerConfig, NodeConfig } from '../config.ts';
import type { HopWriter } from '../hop-writer.ts';
import type { Output } from '../listener/output.ts';
import type { Route } from '../router/route.ts';
import type { IdSource } from './trace-context.ts';

export interface ExchangeContext {
  readonly node: NodeConfig;
  readonly listener: ListenerConfig;
  readonly routes: readonly Route[];
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly limits: LimitsConfig;
  readonly services: DataPlaneServices;
}

/** Shared by all proxies of a worker. */
export interface DataPlaneServices {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ids: IdSource;
  readonly hops: HopWriter;
}

/** The connection that the request came on, as its exchange sees it. */
export interface Downstream {
  readonly output: Output;
  readonly remoteAddress: string;
  /** Of the caller's certificate; empty without mutual TLS. */
  readonly peerSpiffeId: string;
  /** The x-forwarded-client-cert line about the caller; empty without mutual TLS. */
  readonly clientCertificate: string;
  /** No further request will be taken from this connection. */
  readonly closing: boolean;
  /** Stops and resumes reading the request's body. */
  pauseBody(): void;
  resumeBody(): void;
  /** The answer is written whole; `reusable`: its framing allows for another one. */
  exchangeDone(reusable: boolean): void;
  /** The answer cannot be finished: the connection is cut, so that nobody takes it for complete. */
  abort(): void;
}
