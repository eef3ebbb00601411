/** A mirror leads somewhere that there is, and does something. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import type { Mesh, Service } from '../mesh.ts';
import type { Mirror } from '../mirror.ts';
import { isOpaque } from '../opaque.ts';
import { policyPlaces } from '../policy-places.ts';
import type { PolicyPlace } from '../policy-places.ts';
import { gatewayServices, serviceNames } from './check.ts';
import type { Check } from './check.ts';

export const mirror: Check = ({ mesh }) =>
  policyPlaces(mesh).flatMap((place): Finding[] => {
    const { mirror: given } = place.policy;
    // Of a service that does not exist all is told elsewhere.
    const callee = mesh.services.find(({ name }) => name === place.service);
    if (!given || !callee) return [];
    const path = [...place.path, 'mirror'];
    const wrong = targetFindings(mesh, callee, given, path);
    // A share of nothing is how a route has none where its service has one.
    if (wrong.length > 0 || given.percentage === 0) return wrong;
    const idle = whyIdle(mesh, place, callee, given);
    return [
      ...(idle === undefined ? [] : [warning(idle, path)]),
      ...instanceFindings(mesh, callee, given, path),
    ];
  });

function targetFindings(
  mesh: Mesh,
  callee: Service,
  { service, version }: Mirror,
  path: Finding['path'],
): Finding[] {
  if (service === undefined && version === undefined) {
    const message = 'a mirror names the version, or the other service, that requests go to as well';
    return [{ code: 'missing-key', message, advice: 'such as version: v2', path, at: 'key' }];
  }
  const target = service === undefined ? callee : serviceOf(mesh, service);
  if (!target) {
    const message = `there is no service "${service}"`;
    const advice = suggestion(service ?? '', serviceNames(mesh));
    return [{ code: 'unknown-service', message, advice, path: [...path, 'service'] }];
  }
  const known = target.versions.map(({ name }) => name);
  if (version === undefined || known.includes(version)) return [];
  const message = `${target.name} has no version "${version}"`;
  const advice = suggestion(version, known);
  return [{ code: 'unknown-version', message, advice, path: [...path, 'version'] }];
}

/** Why it does nothing, or nothing of use; undefined: it does. */
function whyIdle(
  mesh: Mesh,
  { policy, service: name }: PolicyPlace,
  callee: Service,
  given: Mirror,
): string | undefined {
  const target = given.service === undefined ? callee : serviceOf(mesh, given.service);
  const opaque = [callee, target].find((one) => one && isOpaque(one));
  if (opaque) return `${opaque.name} speaks ${opaque.protocol}: only requests of HTTP are mirrored`;
  if (policy.redirect ?? policy.directResponse) {
    return 'the route answers by itself: there is nothing to mirror';
  }
  if (!isCalled(mesh, name)) return `nobody calls ${name}: there is nothing to mirror`;
  if (target !== callee) return undefined;
  const only = onlyVersion(callee, policy.split ?? mesh.traffic[name]?.split);
  if (only === undefined || (given.version ?? only) !== only) return undefined;
  return `all requests to ${name} go to ${only} already: their shadows go to the same version`;
}

function instanceFindings(
  mesh: Mesh,
  callee: Service,
  { service, version }: Mirror,
  path: Finding['path'],
): Finding[] {
  const target = service === undefined ? callee : serviceOf(mesh, service);
  const meant = target?.versions.filter(({ name }) => version === undefined || name === version);
  if (!target || !meant || meant.some(({ replicas }) => replicas > 0)) return [];
  const what = version === undefined ? target.name : `${target.name} ${version}`;
  const message = `${what} gets the shadows and has no instances: nothing is compared`;
  return [{ code: 'no-instances', severity: 'warning', message, path, at: 'key' }];
}

function warning(message: string, path: Finding['path']): Finding {
  return { code: 'idle-mirror', severity: 'warning', message, path, at: 'key' };
}

function serviceOf({ services }: Mesh, name: string): Service | undefined {
  return services.find((one) => one.name === name);
}

function isCalled(mesh: Mesh, name: string): boolean {
  return (
    gatewayServices(mesh).includes(name) || mesh.services.some(({ calls }) => calls.includes(name))
  );
}

/** The one that all requests go to. */
function onlyVersion(
  { versions }: Service,
  split: Readonly<Record<string, number>> | undefined,
): string | undefined {
  if (versions.length === 1) return versions[0]?.name;
  return Object.entries(split ?? {}).find(([, weight]) => weight === 100)?.[0];
}
