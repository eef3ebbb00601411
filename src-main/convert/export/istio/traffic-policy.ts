/** How a service's instances are called: the trafficPolicy of its DestinationRule. */
import { formatDuration } from '../../../base/units.ts';
import type { TrafficPolicy } from '../../../spec/mesh.ts';
import type { HashSource, LoadBalancing } from '../../../spec/upstream.ts';

type Part = Record<string, unknown>;

/** Without its TLS. */
export function upstreamParts(policy: TrafficPolicy | undefined): Part {
  return { loadBalancer: loadBalancer(policy?.loadBalancing ?? DEFAULT) };
}

/** Said, since Istio's own default is LEAST_REQUEST. */
const DEFAULT: LoadBalancing = { algorithm: 'roundRobin' };

const SIMPLE = { roundRobin: 'ROUND_ROBIN', leastRequest: 'LEAST_REQUEST', random: 'RANDOM' };
/** Envoy's sizes, which are ours too. */
const TABLES = { maglev: { tableSize: 65537 }, ringHash: { minimumRingSize: 1024 } };

function loadBalancer({ algorithm, hash, slowStart }: LoadBalancing): Part {
  if (algorithm === 'maglev' || algorithm === 'ringHash') {
    const source = hash && consistentHash(hash);
    return { consistentHash: { ...source, [algorithm]: TABLES[algorithm] } };
  }
  return {
    simple: SIMPLE[algorithm],
    ...(slowStart && {
      warmup: {
        duration: formatDuration(slowStart.window),
        aggression: slowStart.aggression,
        minimumPercent: slowStart.minWeightPercent,
      },
    }),
  };
}

function consistentHash(source: HashSource): Part {
  if ('source' in source) return { useSourceIp: true };
  if ('header' in source) return { httpHeaderName: source.header };
  const { cookie, path, ttl } = source;
  return {
    httpCookie: { name: cookie, path, ...(ttl !== undefined && { ttl: formatDuration(ttl) }) },
  };
}
