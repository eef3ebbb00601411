/** Ports of a service are named once, and those that are published are its own and free. */
import type { Finding } from '../document/finding.ts';
import type { Mesh, Service } from '../mesh.ts';
import type { Check } from './check.ts';

export const servicePorts: Check = ({ mesh }) => {
  const taken = takenPorts(mesh);
  return mesh.services.flatMap((service) => [
    ...checkPorts(service),
    ...checkAliases(mesh, service),
    ...checkPublished(service, taken),
  ]);
};

function firstPorts({ versions }: Service): number[] {
  return versions.map(({ port }) => port).filter((port) => port > 0);
}

function checkPorts(service: Service): Finding[] {
  const { name, ports = [] } = service;
  const first = firstPorts(service);
  return ports.flatMap(({ port }, i): Finding[] => {
    const isKnown = first.includes(port) || ports.findIndex((one) => one.port === port) < i;
    const message = `${name} names port ${port} twice`;
    return isKnown
      ? [{ code: 'duplicate-name', message, path: ['services', name, 'ports', i] }]
      : [];
  });
}

function checkAliases({ services }: Mesh, { name, aliases = [] }: Service): Finding[] {
  return aliases.flatMap((alias, i): Finding[] => {
    const path = ['services', name, 'aliases', i];
    const other = services.find((one) => one.name !== name && one.name === alias);
    if (!other) return [];
    return [{ code: 'duplicate-name', message: `there is a service "${alias}" already`, path }];
  });
}

/** Of this machine, by who has them. Programs' ports are a concern of the workloads. */
function takenPorts({ gateway }: Mesh): Map<number, string> {
  const { port, tcp = [], tls } = gateway;
  const all = [port, tls?.port ?? 0, ...tcp.map((route) => route.port)].filter((one) => one > 0);
  return new Map(all.map((one) => [one, 'the gateway']));
}

function checkPublished(service: Service, taken: Map<number, string>): Finding[] {
  const { name, publish = [], ports = [] } = service;
  const own = [...firstPorts(service), ...ports.map(({ port }) => port)];
  return publish.flatMap(({ port, hostPort }, i): Finding[] => {
    const path = ['services', name, 'publish', i];
    if (port !== undefined && !own.includes(port)) {
      const message = `${name} does not say that it listens on port ${port}`;
      const advice = 'give it as "port", or in "ports"';
      return [{ code: 'wrong-value', message, advice, path: [...path, 'port'] }];
    }
    const holder = taken.get(hostPort);
    if (holder !== undefined) {
      const message = `port ${hostPort} of ${name} is the port of ${holder} as well`;
      return [{ code: 'port-conflict', message, path: [...path, 'hostPort'] }];
    }
    if (hostPort > 0) taken.set(hostPort, name);
    return [];
  });
}
