/** A try as faults ask for it, and as its hop tells it. */
import type { Cluster } from '../cluster/cluster.ts';
import type { EndpointPool } from '../cluster/endpoint-pool.ts';
import type { TryTarget } from '../filters/http/filter.ts';
import type { HopDraft } from './hop-draft.ts';

export abstract class TryFacts implements TryTarget {
  readonly hop: HopDraft;
  readonly cluster: Cluster;
  /** Of the endpoint, once one has been picked. */
  pool: EndpointPool | undefined;

  constructor(cluster: Cluster, hop: HopDraft) {
    this.cluster = cluster;
    this.hop = hop;
  }

  get requestId(): string {
    return this.hop.requestId;
  }
  get version(): string {
    return this.cluster.config.workloadVersion;
  }
  get instance(): string {
    return this.pool?.id ?? '';
  }
}
