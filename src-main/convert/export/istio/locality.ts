/** Which localities requests go to: localityLbSetting of a DestinationRule. */
import { failsOver, localitiesOf } from '../../../spec/locality.ts';
import type { Mesh, Service } from '../../../spec/mesh.ts';
import type { LocalityPolicy } from '../../../spec/upstream.ts';

type Part = Record<string, unknown>;

/** Nothing where nothing is said: Istio's own default is the same. */
export function localityPart(policy: LocalityPolicy | undefined): Part {
  if (!policy) return {};
  const { enabled, failover, distribute } = policy;
  return {
    localityLbSetting: {
      enabled,
      ...(failover && { failover }),
      ...(distribute && {
        distribute: distribute.map(({ from, to }) => ({ from, to: whole(to) })),
      }),
    },
  };
}

/** Istio retries within the locality where nothing is said; here a retry goes wherever there is another. */
export function retriedElsewhere(
  { mesh, service }: { readonly mesh: Mesh; readonly service: Service },
  route: Part,
): Part {
  const retries = route['retries'] as Part | undefined;
  const isSpread = failsOver(mesh, service.name) && localitiesOf(service).length > 1;
  if (!isSpread || !retries || retries['attempts'] === 0) return route;
  return { ...route, retries: { ...retries, retryRemoteLocalities: true } };
}

/** Whole weights, still 100 together: what rounding down leaves goes to the largest remainders. */
function whole(weights: Readonly<Record<string, number>>): Record<string, number> {
  const floors = Object.entries(weights).map(([key, weight]) => ({
    key,
    weight: Math.floor(weight),
    rest: weight - Math.floor(weight),
  }));
  const missing = 100 - floors.reduce((sum, { weight }) => sum + weight, 0);
  const raised = new Set([...floors].sort((a, b) => b.rest - a.rest).slice(0, missing));
  return Object.fromEntries(floors.map((one) => [one.key, one.weight + (raised.has(one) ? 1 : 0)]));
}
