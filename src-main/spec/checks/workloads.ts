/** Every version can be started: a command, a folder, a port of its own. */
import type { Finding } from '../document/finding.ts';
import type { Service, Version } from '../mesh.ts';
import type { Check, CheckSubject } from './check.ts';

type Key = 'command' | 'workingFolder' | 'port' | 'replicas';

export const workloads: Check = (subject) => {
  const taken = new Map<number, string>();
  const { port, tcp = [], tls } = subject.mesh.gateway;
  for (const one of [port, tls?.port ?? 0, ...tcp.map((route) => route.port)]) {
    if (one > 0) taken.set(one, 'the gateway');
  }
  return subject.mesh.services.flatMap((service) =>
    service.versions.flatMap((version) => [
      ...checkCommand(subject, service, version),
      ...checkFolder(subject, service, version),
      ...checkPort(subject, service, version, taken),
    ]),
  );
};

function checkCommand(subject: CheckSubject, service: Service, version: Version): Finding[] {
  const { workload } = version;
  if (workload.runtime !== 'process' || workload.command.length > 0) return [];
  const path = placeOf(subject, service, version, 'command');
  if (subject.has(path)) {
    return [{ code: 'wrong-value', message: 'the command is empty or has an open quote', path }];
  }
  const message = `"command" is missing in services.${service.name}`;
  const advice = 'say what starts it, such as "node server.mjs", or let a "stub: {}" answer for it';
  return [{ code: 'missing-key', message, advice, path: ['services', service.name], at: 'key' }];
}

function checkFolder(subject: CheckSubject, service: Service, version: Version): Finding[] {
  const { folderExists } = subject;
  const { workload } = version;
  if (workload.runtime !== 'process') return [];
  if (!folderExists || folderExists(workload.workingFolder)) return [];
  const message = `the folder ${workload.workingFolder} does not exist`;
  return [
    { code: 'missing-folder', message, path: placeOf(subject, service, version, 'workingFolder') },
  ];
}

function checkPort(
  subject: CheckSubject,
  service: Service,
  version: Version,
  taken: Map<number, string>,
): Finding[] {
  // Each container has an address of its own.
  if (version.port === 0 || version.workload.runtime === 'docker') return [];
  const who = `${service.name} ${version.name}`;
  const path = placeOf(subject, service, version, 'port');
  const holder = taken.get(version.port);
  if (version.replicas > 0) taken.set(version.port, who);
  const advice = 'leave "port" out, and each gets a free one as PORT';
  if (holder !== undefined) {
    const message = `port ${version.port} of ${who} is the port of ${holder} as well`;
    return [{ code: 'port-conflict', message, advice, path }];
  }
  if (version.replicas <= 1) return [];
  const message = `${version.replicas} replicas of ${who} cannot all listen on port ${version.port}`;
  return [{ code: 'port-conflict', message, advice, path }];
}

/** Where the version's value comes from: its own entry, or the service's. */
function placeOf(
  subject: CheckSubject,
  service: Service,
  version: Version,
  key: Key,
): Finding['path'] {
  const own = ['services', service.name, 'versions', version.name, key];
  return subject.has(own) ? own : ['services', service.name, key];
}
