/** What is different in Gateway API as a whole. */
import { policyPlaces } from '../../../spec/policy-places.ts';
import { gatewayMatch } from '../../../spec/match-algebra.ts';
import type { Mesh, RequestMatch } from '../../../spec/mesh.ts';
import { GATEWAY_CLASS, SERVICE_PORT, versionService } from '../names.ts';
import { isOpaque } from '../../../spec/opaque.ts';
import type { ExportNote } from '../result.ts';
import { rulesBySpecificity } from './rules.ts';
import { gatewayWays, isSayable, serviceWays } from './sayable-ways.ts';

export function gatewayApiNotes(mesh: Mesh): ExportNote[] {
  return [
    ...unsayableNotes(mesh),
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

/** What Gateway API has no words for, with the method where that is all. */
function unsayableNotes(mesh: Mesh): ExportNote[] {
  const places = [
    ...policyPlaces(mesh).flatMap(({ subject, policy: { overrides = [] } }) =>
      overrides.map(({ match }) => ({ subject: `${subject}.overrides`, match })),
    ),
    ...Object.entries(mesh.traffic).flatMap(([service, { routes = [] }]) =>
      routes.map(({ name, match }) => ({ subject: `traffic.${service}.routes.${name}`, match })),
    ),
    ...mesh.gateway.routes.map((route) => ({
      subject: `gateway.routes.${route.name}`,
      match: gatewayMatch(route),
    })),
  ];
  return places
    .filter((place) => !isSayable(place))
    .map(({ subject, match }) => ({ support: 'cannot' as const, subject, why: unsaid(match) }));
}

function unsaid({ method, conditions, caller }: RequestMatch): string {
  if (conditions || caller) {
    return 'Gateway API knows path prefixes, one method and whole values of headers for sure; the rule that asks for something else is left out, and its requests go by those behind it.';
  }
  return `Gateway API knows no method ${method}: the override for it is left out.`;
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
