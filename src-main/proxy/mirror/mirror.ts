/** A route's mirror as it runs: takes its share of the requests, and sends each of them a second time. */
import type { Chance } from '../../base/chance.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import { affinityOf } from '../cluster/affinity.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ClusterConfig } from '../config.ts';
import type { MirrorConfig } from '../config/mirror.ts';
import type { ExchangeContext } from '../exchange/context.ts';
import type { HopDraft } from '../exchange/hop-draft.ts';
import type { OutgoingRequest, Protocol } from '../exchange/streams.ts';
import { createShare } from '../filters/http/share.ts';
import type { Share } from '../filters/http/share.ts';
import { isGrpc } from '../grpc/status.ts';
import { WeightedSplit } from '../router/split.ts';
import { MirroredRequest } from './mirrored-request.ts';
import { shadowHost } from './shadow-host.ts';

/** What a mirror asks of an exchange. */
export interface MirrorSubject {
  readonly head: RequestHead;
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly remoteAddress: string;
  outgoingRequest(hop: HopDraft): OutgoingRequest;
  upstreamProtocol(config: ClusterConfig): Protocol;
  beginHop(cluster: Cluster): HopDraft;
}

/**
 * How long a shadow may take, from the end of the request on, where the route has no timeout: the
 * default of Envoy's routes. Nobody waits for it, so that nobody would give it up.
 */
const DEFAULT_TIMEOUT: Milliseconds = 15_000;

/** As much as Envoy keeps of a connection (per_connection_buffer_limit_bytes), by default. */
const MOST_BEHIND: Bytes = 1024 * 1024;

export class Mirror {
  readonly #config: MirrorConfig;
  readonly #share: Share;
  readonly #split: WeightedSplit<string>;

  constructor(config: MirrorConfig, chance: Chance) {
    this.#config = config;
    this.#share = createShare(config.percentage, config.random, chance);
    this.#split = new WeightedSplit(
      config.split.map(({ cluster, weight }) => ({ target: cluster, weight })),
    );
  }

  /**
   * Undefined: this request is not mirrored. An upgrade never is, since what follows it is no message.
   * @param route its timeout (0: none), and the cluster that it leads this request to: of each
   * version's requests the share is the same.
   */
  begin(
    subject: MirrorSubject,
    { clusters, services, shadows }: ExchangeContext,
    { timeout, cluster: own }: { readonly timeout: Milliseconds; readonly cluster: string },
  ): MirroredRequest | undefined {
    if (subject.head.upgrade !== '' || !this.#share.take(own)) return undefined;
    const cluster = clusters.get(this.#split.next());
    if (!cluster) return undefined;
    const hop = subject.beginHop(cluster);
    const request = subject.outgoingRequest(hop);
    const { head } = request;
    const { hashSource } = cluster;
    return new MirroredRequest({
      hop,
      cluster,
      request: this.#config.hostSuffix
        ? { ...request, head: { ...head, host: shadowHost(head.host) } }
        : request,
      protocol: subject.upstreamProtocol(cluster.config),
      isGrpc: hop.protocol === 'h2' && isGrpc(subject.names, subject.values),
      hash: hashSource && affinityOf(hashSource, subject, services.ids).hash,
      timeout: timeout > 0 ? timeout : DEFAULT_TIMEOUT,
      mostBehind: MOST_BEHIND,
      clock: services.clock,
      hops: services.hops,
      shadows,
    });
  }
}
