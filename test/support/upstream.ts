/** One sidecar in this process that calls some plain HTTP services: caller → web → services. */
import { systemChance } from '../../src-main/base/chance.ts';
import { systemClock } from '../../src-main/base/clock.ts';
import type { Clock } from '../../src-main/base/clock.ts';
import { DEFAULT_LIMITS } from '../../src-main/proxy/config.ts';
import type {
  ClusterConfig,
  ListenerConfig,
  ProxyConfig,
  RouteConfig,
} from '../../src-main/proxy/config.ts';
import { DataPlane } from '../../src-main/proxy/data-plane.ts';
import { HopReader } from '../../src-main/proxy/hop-reader.ts';
import type { Hop } from '../../src-main/proxy/hop.ts';
import type { FromWorker } from '../../src-main/proxy/messages.ts';

export interface UpstreamOptions {
  /** The services' ports; the first is endpoint `api-0`. */
  readonly ports: readonly number[];
  readonly cluster?: Partial<ClusterConfig>;
  readonly route?: Partial<RouteConfig>;
  /** Of another version, `api|v2`: the ports of its services. */
  readonly v2?: readonly number[];
  /** Added to its cluster. */
  readonly v2Cluster?: Partial<ClusterConfig>;
  /** What the listener takes; default HTTP. */
  readonly protocol?: ListenerConfig['protocol'];
  /** Default: the machine's; of the first configuration alone. */
  readonly clock?: Clock;
}

export interface TestUpstream {
  /** As they were pushed last. */
  readonly options: UpstreamOptions;
  /** Of the outbound listener. */
  readonly port: number;
  hops(): Hop[];
  /** What the worker said besides hops and acknowledgements. */
  messages(): FromWorker[];
  /** Pushes the configuration again, with what is given changed. */
  push(changed: Partial<UpstreamOptions>): Promise<void>;
  /** Takes the sidecar away, as when its instance ends: what runs is finished. */
  remove(): Promise<void>;
  close(): void;
}

export async function startUpstream(options: UpstreamOptions): Promise<TestUpstream> {
  const hops: Hop[] = [];
  const messages: FromWorker[] = [];
  const reader = new HopReader();
  let port = 0;
  let version = 0;
  let current = options;
  const dataPlane = new DataPlane(
    (message) => {
      if (message.type === 'hops')
        reader.read(message.batch, (cursor) => hops.push(cursor.toHop()));
      else if (message.type === 'applied') port = message.ports['outbound|api'] ?? 0;
      else messages.push(message);
    },
    options.clock ?? systemClock,
    systemChance,
  );
  const push = (changed: Partial<UpstreamOptions>): Promise<void> => {
    current = { ...current, ...changed };
    return dataPlane.handle({ type: 'configure', config: configOf(current, ++version) });
  };
  await push({});
  return {
    get options() {
      return current;
    },
    port,
    hops: () => hops,
    messages: () => messages,
    push,
    remove: () => dataPlane.handle({ type: 'remove', node: 'web-v1-0', drain: 10_000 }),
    close: () => dataPlane.stop(),
  };
}

function configOf(
  { ports, cluster, route, v2, v2Cluster, protocol = 'http' }: UpstreamOptions,
  version: number,
): ProxyConfig {
  return {
    version,
    node: { id: 'web-v1-0', kind: 'sidecar', service: 'web', workloadVersion: 'v1' },
    limits: DEFAULT_LIMITS,
    listeners: [
      {
        name: 'outbound|api',
        direction: 'outbound',
        host: '127.0.0.1',
        port: 0,
        protocol,
        mtls: 'disabled',
        routes: [
          {
            name: 'default',
            match: {},
            overrides: [],
            timeout: 0,
            faults: [],
            split: [{ cluster: 'api|v1', weight: 1 }],
            ...route,
          },
        ],
      },
    ],
    clusters: [
      { ...clusterOf('v1', ports), ...cluster },
      ...(v2 ? [{ ...clusterOf('v2', v2), ...v2Cluster }] : []),
    ],
  };
}

function clusterOf(version: string, ports: readonly number[]): ClusterConfig {
  const prefix = version === 'v1' ? 'api' : `api-${version}`;
  return {
    name: `api|${version}`,
    service: 'api',
    workloadVersion: version,
    connectTimeout: 1000,
    endpoints: ports.map((port, i) => ({ id: `${prefix}-${i}`, host: '127.0.0.1', port })),
  };
}
