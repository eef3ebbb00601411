/** What a document says of a service's instances, with every default filled in. */
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { MeshDocument } from '../schema/document.ts';
import type { HashSource, LoadBalancing, UpstreamPolicy } from '../upstream.ts';

type TrafficInput = NonNullable<NonNullable<MeshDocument['traffic']>[string]>;

export function normalizeUpstream({ loadBalancing }: TrafficInput): UpstreamPolicy {
  return {
    ...(loadBalancing !== undefined && { loadBalancing: normalizeLoadBalancing(loadBalancing) }),
  };
}

type LoadBalancingInput = NonNullable<TrafficInput['loadBalancing']>;

function normalizeLoadBalancing(input: LoadBalancingInput): LoadBalancing {
  if (typeof input === 'string') return { algorithm: input };
  const { hash, slowStart } = input;
  const source = hash && normalizeHash(hash);
  return {
    algorithm: input.algorithm ?? (hash ? 'maglev' : 'roundRobin'),
    ...(source && { hash: source }),
    ...(slowStart && {
      slowStart: {
        window: ms(slowStart.window),
        aggression: slowStart.aggression ?? 1,
        minWeightPercent: slowStart.minWeightPercent ?? 10,
      },
    }),
  };
}

type HashInput = NonNullable<Exclude<LoadBalancingInput, string>['hash']>;

/** Undefined where it names nothing; a check says so. */
function normalizeHash({ header, cookie, path, ttl, source }: HashInput): HashSource | undefined {
  if (header !== undefined) return { header: header.toLowerCase() };
  if (cookie !== undefined) {
    return { cookie, path: path ?? '/', ...(ttl !== undefined && { ttl: ms(ttl) }) };
  }
  return source && { source };
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
