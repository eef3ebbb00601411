/** Localities: shares are 100 together, and every rule is for somebody. */
import type { Finding } from '../document/finding.ts';
import type { Path } from '../document/tree.ts';
import { failsOver, isWithin, localitiesOf, localityOf, overlap } from '../locality.ts';
import type { Mesh } from '../mesh.ts';
import type { LocalityPolicy } from '../upstream.ts';
import { gatewayServices } from './check.ts';
import type { Check, CheckSubject } from './check.ts';

export const locality: Check = (subject) => [
  ...Object.entries(subject.mesh.traffic).flatMap(([service, { loadBalancing }]) => {
    const policy = loadBalancing?.locality;
    if (!policy) return [];
    const place = { service, path: ['traffic', service, 'loadBalancing', 'locality'] };
    return [
      ...checkKind(place, policy),
      ...checkJudge(subject.mesh, place, policy),
      ...checkFailover(subject.mesh, place, policy),
      ...checkDistribute(subject.mesh, place, policy),
    ];
  }),
  ...checkLists(subject),
  ...checkEjection(subject.mesh),
];

interface Place {
  readonly service: string;
  readonly path: Path;
}

/** Istio takes one of them. */
function checkKind({ path }: Place, { failover, distribute }: LocalityPolicy): Finding[] {
  if (!failover || !distribute) return [];
  const message = '"failover" and "distribute" cannot be combined';
  const advice =
    'with "distribute", what a locality cannot take goes to the others by their shares';
  return [{ code: 'wrong-value', message, advice, path: [...path, 'failover'], at: 'key' }];
}

function checkJudge({ traffic }: Mesh, place: Place, policy: LocalityPolicy): Finding[] {
  const { outlierDetection, healthCheck } = traffic[place.service] ?? {};
  if (!policy.enabled || policy.distribute || (outlierDetection ?? healthCheck)) return [];
  const message = `localities do not count for ${place.service}: nobody tells which instances are well`;
  const advice = 'add "outlierDetection: {}" or a "healthCheck" to it, as Istio asks for too';
  return [warning(message, place.path, advice)];
}

function checkFailover(mesh: Mesh, place: Place, { failover = [] }: LocalityPolicy): Finding[] {
  const regionOf = (one: string): string => one.split('/')[0] ?? '';
  const own = localitiesOfService(mesh, place.service).map(regionOf);
  const callers = callersOf(mesh, place.service).map(regionOf);
  return failover.flatMap(({ from, to }, i) => {
    const path = [...place.path, 'failover', i];
    if (from === to) {
      const message = `the region ${from} cannot fail over to itself`;
      return [{ code: 'wrong-value' as const, message, path: [...path, 'to'] }];
    }
    return [
      ...(callers.includes(from)
        ? []
        : [warning(`no caller of ${place.service} is in the region ${from}`, [...path, 'from'])]),
      ...(own.includes(to)
        ? []
        : [warning(`no instance of ${place.service} is in the region ${to}`, [...path, 'to'])]),
    ];
  });
}

function checkDistribute(mesh: Mesh, place: Place, { distribute = [] }: LocalityPolicy): Finding[] {
  const own = localitiesOfService(mesh, place.service);
  const callers = callersOf(mesh, place.service);
  return distribute.flatMap(({ from, to }, i) => {
    const path = [...place.path, 'distribute', i];
    const isMeant = callers.some((caller) => isWithin(from, caller));
    const nobody = `no caller of ${place.service} is in ${from}`;
    return [
      ...(isMeant ? [] : [warning(nobody, [...path, 'from'])]),
      ...checkSum(to, [...path, 'to']),
      ...Object.keys(to).flatMap((pattern, at) => {
        const key = [...path, 'to', pattern];
        const twin = Object.keys(to).find((one, j) => j < at && overlap(one, pattern));
        if (twin !== undefined) {
          const message = `${pattern} and ${twin} mean some of the same localities`;
          return [{ code: 'wrong-value' as const, message, path: key, at: 'key' as const }];
        }
        if (own.some((one) => isWithin(pattern, one))) return [];
        return [warning(`no instance of ${place.service} is in ${pattern}`, key, undefined, 'key')];
      }),
    ];
  });
}

function checkSum(to: Readonly<Record<string, number>>, path: Path): Finding[] {
  const sum = Object.values(to).reduce((total, weight) => total + weight, 0);
  // Thirds of a hundred cannot be written exactly.
  if (Math.abs(sum - 100) < 0.01) return [];
  const message = `the shares add up to ${Number(sum.toFixed(3))} %, not 100 %`;
  return [{ code: 'split-sum', message, path, at: 'key' }];
}

/** So few may be left out that a locality can always bear its requests: nothing ever fails over. */
function checkEjection(mesh: Mesh): Finding[] {
  return mesh.services.flatMap(({ name, versions }) => {
    const { outlierDetection, healthCheck } = mesh.traffic[name] ?? {};
    if (!outlierDetection || healthCheck || !failsOver(mesh, name)) return [];
    const path = ['traffic', name, 'outlierDetection'];
    return versions.flatMap((version): Finding[] => {
      const { replicas, localities = [] } = version;
      // One may always be ejected, as in Envoy.
      const most = Math.max(1, Math.floor((replicas * outlierDetection.maxEjectionPercent) / 100));
      const stuck = [...new Set(localities)].find((locality) => {
        const count = Array.from({ length: replicas }, (_, i) => localityOf(version, i)).filter(
          (one) => one === locality,
        ).length;
        return count < replicas && count > most && (count - most) / count >= BEARS_ALL;
      });
      if (stuck === undefined) return [];
      const message = `at most ${most} of ${replicas} instances of ${name} ${version.name} may be left out: requests never go from ${stuck} elsewhere for that`;
      return [warning(message, path, 'raise "maxEjectionPercent"')];
    });
  });
}

/** Of a locality's instances, so many bear all its requests (Envoy's overprovisioning factor of 1.4). */
const BEARS_ALL = 1 / 1.4;

/** An entry of a version's own list that no replica comes to. */
function checkLists({ mesh, has }: CheckSubject): Finding[] {
  return mesh.services.flatMap(({ name, versions }) =>
    versions.flatMap(({ name: version, replicas, localities = [], priorities = [] }) => {
      const own: Path = ['services', name, 'versions', version];
      const base: Path = has(own) ? own : ['services', name];
      const lists = { locality: localities, priority: priorities };
      return Object.entries(lists).flatMap(([key, list]) => {
        const path = [...base, key, replicas];
        if (list.length <= replicas || !has(path)) return [];
        return [warning(`${name} ${version} has ${replicas} replicas: none comes to this`, path)];
      });
    }),
  );
}

function localitiesOfService({ services }: Mesh, name: string): string[] {
  const service = services.find((one) => one.name === name);
  return service ? localitiesOf(service) : [];
}

/** Where the callers of a service are. */
function callersOf(mesh: Mesh, service: string): string[] {
  const callers = mesh.services.filter(({ calls }) => calls.includes(service));
  const { locality: edge } = mesh.gateway;
  const isFromGateway = gatewayServices(mesh).includes(service);
  return [...callers.flatMap(localitiesOf), ...(isFromGateway && edge !== undefined ? [edge] : [])];
}

function warning(message: string, path: Path, advice?: string, at?: 'key'): Finding {
  return { code: 'never-acts', severity: 'warning', message, advice, path, ...(at && { at }) };
}
