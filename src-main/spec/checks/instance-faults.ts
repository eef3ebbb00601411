/** Faults of instances are for services, versions and instances that there are. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import type { InstanceFault } from '../fault.ts';
import { isSizedTmpfs } from '../container.ts';
import type { Mesh, Service, Version } from '../mesh.ts';
import { serviceNames } from './check.ts';
import type { Check } from './check.ts';

export const instanceFaults: Check = ({ mesh }) =>
  (mesh.instanceFaults ?? []).flatMap((fault, i) => findings(mesh, fault, i));

function findings(mesh: Mesh, fault: InstanceFault, i: number): Finding[] {
  const { service, version } = fault;
  const found = mesh.services.find(({ name }) => name === service);
  if (!found) {
    const message = `there is no service "${service}"`;
    const advice = suggestion(service, serviceNames(mesh));
    return [{ code: 'unknown-service', message, advice, path: ['instanceFaults', i, 'service'] }];
  }
  const known = found.versions.map(({ name }) => name);
  if (version !== undefined && !known.includes(version)) {
    const message = `${service} has no version "${version}"`;
    const advice = suggestion(version, known);
    return [{ code: 'unknown-version', message, advice, path: ['instanceFaults', i, 'version'] }];
  }
  return [...peerFindings(mesh, fault, i), ...targetFindings(found, fault, i)];
}

/** Whom a partition parts it from. */
function peerFindings(mesh: Mesh, { from = [] }: InstanceFault, i: number): Finding[] {
  const known = ['gateway', ...serviceNames(mesh)];
  return from.flatMap((name, j): Finding[] => {
    if (known.includes(name)) return [];
    const message = `there is no service "${name}"`;
    const advice = suggestion(name, known);
    return [{ code: 'unknown-service', message, advice, path: ['instanceFaults', i, 'from', j] }];
  });
}

/** Replicas and runtimes may change while it stands in the document: warnings. */
function targetFindings(service: Service, fault: InstanceFault, i: number): Finding[] {
  const versions = service.versions.filter(({ name }) => (fault.version ?? name) === name);
  const warn = (message: string, key: string): Finding[] => [
    { code: 'never-acts', severity: 'warning', message, path: ['instanceFaults', i, key] },
  ];
  if (!versions.some(({ replicas }) => replicas > (fault.index ?? 0))) {
    return warn(
      `${service.name} has no such instance`,
      fault.index === undefined ? 'name' : 'index',
    );
  }
  if (OF_CONTAINERS.has(fault.action)) return containerFindings(service, fault, versions, warn);
  const isStub = versions.every(({ workload }) => workload.runtime === 'stub');
  if (!isStub || fault.action === 'restart') return [];
  return warn(`${service.name} is a stub: it has no process for ${fault.action}`, 'action');
}

/** What a process of this machine has not of its own: a network and disks. */
const OF_CONTAINERS: ReadonlySet<InstanceFault['action']> = new Set([
  'netem',
  'partition',
  'diskFull',
]);

function containerFindings(
  { name }: Service,
  { action, folder }: InstanceFault,
  versions: readonly Version[],
  warn: (message: string, key: string) => Finding[],
): Finding[] {
  const containers = versions.flatMap(({ workload }) =>
    workload.runtime === 'docker' ? [workload] : [],
  );
  if (containers.length === 0) {
    return warn(`${name} runs in no container: ${action} is for those alone`, 'action');
  }
  if (action !== 'diskFull') return [];
  const disks = containers.flatMap(({ mounts }) => mounts.filter(isSizedTmpfs));
  if (disks.some(({ target }) => target === (folder ?? target))) return [];
  const message =
    folder === undefined
      ? `${name} has no tmpfs with a size that could be full`
      : `${folder} is no tmpfs of ${name} with a size`;
  return warn(message, folder === undefined ? 'action' : 'folder');
}
