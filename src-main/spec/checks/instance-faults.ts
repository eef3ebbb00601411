/** Faults of instances are for services, versions and instances that there are. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import type { InstanceFault } from '../fault.ts';
import type { Mesh, Service } from '../mesh.ts';
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
  return targetFindings(found, fault, i);
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
  const isStub = versions.every(({ workload }) => workload.runtime === 'stub');
  if (!isStub || fault.action === 'restart') return [];
  return warn(`${service.name} is a stub: it has no process for ${fault.action}`, 'action');
}
