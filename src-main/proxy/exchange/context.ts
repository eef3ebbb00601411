/** What every exchange of a listener works with; replaced whole when a configuration is applied. */
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import type { CaptureBuffer } from '../capture/capture-buffer.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { LimitsConfig, ListenerConfig, NodeConfig } from '../config.ts';
import type { HopWriter } from '../hop-writer.ts';
import type { Shadows } from '../mirror/shadows.ts';
import type { RouteFinder } from '../router/route-index.ts';
import type { Route } from '../router/route.ts';
import type { IdSource } from './trace-context.ts';

export interface ExchangeContext {
  readonly node: NodeConfig;
  readonly listener: ListenerConfig;
  readonly routes: readonly Route[];
  /** The first of them that matches. */
  readonly findRoute: RouteFinder;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly limits: LimitsConfig;
  /** Of the whole proxy. */
  readonly shadows: Shadows;
  readonly services: DataPlaneServices;
}

/** Shared by all proxies of a worker. */
export interface DataPlaneServices {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ids: IdSource;
  readonly hops: HopWriter;
  readonly captures: CaptureBuffer;
}
