/** What is different in Gateway API as a whole. */
import type { Mesh } from '../../../spec/mesh.ts';
import { GATEWAY_CLASS, SERVICE_PORT, versionService } from '../names.ts';
import { isOpaque } from '../opaque.ts';
import type { ExportNote } from '../result.ts';
import { isKnownMethod } from './methods.ts';
import { rulesBySpecificity } from './rules.ts';
import { gatewayWays, serviceWays } from './sayable-ways.ts';

export function gatewayApiNotes(mesh: Mesh): ExportNote[] {
  return [
    ...methodNotes(mesh),
    ...orderNotes(mesh),
    ...(mesh.gateway.routes.length > 0 ? [CLASS] : []),
    ...tcpNotes(mesh),
    ...http2Notes(mesh),
    services(mesh),
  ];
}

/** TCPRoute and TLSRoute exist, but not in the standard channel, which this export keeps to. */
function tcpNotes(mesh: Mesh): ExportNote[] {
  const why = 'Gateway API has routes for TCP and TLS in its experimental channel only.';
  const subjects = [
    ...(mesh.gateway.tcp ?? []).map(({ name }) => `gateway.tcp.${name}`),
    ...mesh.services
      .filter((service) => isOpaque(service) && mesh.traffic[service.name])
      .map(({ name }) => `traffic.${name}`),
  ];
  return subjects.map((subject) => ({ support: 'cannot', subject, why }));
}

/** "Backend Protocol Selection" (GEP-1911): a route says nothing of it, the Service does. */
function http2Notes(mesh: Mesh): ExportNote[] {
  return mesh.services
    .filter(({ protocol }) => protocol === 'http2' || protocol === 'grpc')
    .map(({ name }) => ({
      support: 'approximated' as const,
      subject: `services.${name}.protocol`,
      why: `Gateway API reads what a port speaks from its Service: give that of ${name} "appProtocol: kubernetes.io/h2c".`,
    }));
}

function methodNotes(mesh: Mesh): ExportNote[] {
  return Object.entries(mesh.traffic).flatMap(([name, { overrides }]) =>
    overrides
      .filter(({ match }) => !isKnownMethod(match.method))
      .map(({ match }) => ({
        support: 'cannot' as const,
        subject: `traffic.${name}.overrides`,
        why: `Gateway API knows no method ${match.method}: the override for it is left out.`,
      })),
  );
}

/** Where too many rules meet to write down all that they have in common. */
function orderNotes(mesh: Mesh): ExportNote[] {
  const places = [
    ...gatewayWays(mesh).map(({ host, ways }) => ({ subject: `gateway ${host ?? '*'}`, ways })),
    ...serviceWays(mesh).map(({ service, ways }) => ({ subject: `traffic.${service.name}`, ways })),
  ];
  const why =
    'Too many rules meet here: in Gateway API a request that fits several of them goes by the most special one, not by the first.';
  return places
    .filter(({ ways }) => !rulesBySpecificity(ways))
    .map(({ subject }) => ({ support: 'approximated' as const, subject, why }));
}

const CLASS: ExportNote = {
  support: 'approximated',
  subject: 'gateway',
  why: `The Gateway is of the class "${GATEWAY_CLASS}" and listens on port 80; put in your cluster's class and port.`,
};

function services(mesh: Mesh): ExportNote {
  const names = mesh.services.flatMap((service) =>
    service.versions.length > 1
      ? service.versions.map(({ name }) => versionService(mesh, service, name))
      : [],
  );
  const own = names.length > 0 ? ` Versions are Services of their own: ${names.join(', ')}.` : '';
  const why = `Deployments and Services are yours: routes lead to Services by their names, at port ${SERVICE_PORT}.${own}`;
  return { support: 'approximated', subject: 'services', why };
}
