/** What a fault is for exists: versions, instances, routes; and its times are in order. */
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import type { Fault, Mesh, Service } from '../mesh.ts';
import type { Check } from './check.ts';

export const faultScope: Check = ({ mesh }) =>
  mesh.faults.flatMap((fault, i) => [
    ...versionFindings(mesh, fault, i, 'from'),
    ...versionFindings(mesh, fault, i, 'to'),
    ...instanceFindings(mesh, fault, i),
    ...routeFindings(mesh, fault, i),
    ...timeFindings(fault, i),
  ]);

function serviceOf(mesh: Mesh, name: string | undefined): Service | undefined {
  return mesh.services.find((one) => one.name === name);
}

function versionFindings(mesh: Mesh, fault: Fault, i: number, side: 'from' | 'to'): Finding[] {
  const key = `${side}Version` as const;
  const version = fault[key];
  const service = serviceOf(mesh, fault[side]);
  if (version === undefined) return [];
  if (!service) {
    // A callee that is unknown is another check's finding; callers may be all or the gateway.
    if (side === 'to') return [];
    const message = `the fault "${fault.name}" is for a version of no service`;
    const advice = 'say with "from" whose version it is';
    return [{ code: 'unknown-version', message, advice, path: ['faults', i, key] }];
  }
  const known = service.versions.map(({ name }) => name);
  if (known.includes(version)) return [];
  const message = `${service.name} has no version "${version}"`;
  const advice = suggestion(version, known);
  return [{ code: 'unknown-version', message, advice, path: ['faults', i, key] }];
}

/** Replicas may change while it stands in the document: a warning. */
function instanceFindings(mesh: Mesh, { instance, to }: Fault, i: number): Finding[] {
  const service = serviceOf(mesh, to);
  if (instance === undefined || !service) return [];
  const known = service.versions.flatMap(({ name, replicas }) =>
    Array.from({ length: replicas }, (_, index) => `${to}-${name}-${index}`),
  );
  if (known.includes(instance)) return [];
  const message = `${to} has no instance "${instance}"`;
  return [warning(message, suggestion(instance, known), ['faults', i, 'instance'])];
}

/** The gateway's routes and the service's own have names; the one for all others, the service's. */
function routeFindings(mesh: Mesh, { route, to }: Fault, i: number): Finding[] {
  if (route === undefined) return [];
  const known = [
    to,
    ...(mesh.traffic[to]?.routes ?? []).map(({ name }) => name),
    ...mesh.gateway.routes.filter(({ service }) => service === to).map(({ name }) => name),
  ];
  if (known.includes(route)) return [];
  const message = `no route to ${to} has the name "${route}"`;
  return [warning(message, suggestion(route, known), ['faults', i, 'route'])];
}

function timeFindings({ schedule, sequence }: Fault, i: number): Finding[] {
  const { from, until } = schedule ?? {};
  const findings: Finding[] = [];
  const add = (message: string, path: readonly string[]): void =>
    void findings.push(warning(message, undefined, ['faults', i, ...path]));
  if (from !== undefined && until !== undefined && Date.parse(from) >= Date.parse(until)) {
    add('it is over before it begins', ['schedule', 'until']);
  }
  if (sequence && 'window' in sequence && sequence.window.from >= sequence.window.to) {
    add('it is over before it begins', ['sequence', 'window', 'to']);
  }
  return findings;
}

function warning(message: string, advice: string | undefined, path: Finding['path']): Finding {
  return { code: 'never-acts', severity: 'warning', message, advice, path };
}
