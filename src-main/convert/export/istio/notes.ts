/** What is different in Istio as a whole. */
import type { Mesh } from '../../../spec/mesh.ts';
import type { ExportNote } from '../result.ts';
import { faultNotes } from './fault-notes.ts';
import { actingFaults, areExact, isSayable } from './fault-regions.ts';
import { hasUnsayable } from './http-routes.ts';
import { allLeads } from './leads.ts';

export function istioNotes(mesh: Mesh): ExportNote[] {
  return [
    ...matchNotes(mesh),
    ...faultNotes(mesh),
    ...stackedNotes(mesh),
    ...labelNotes(mesh),
    ...mtlsNotes(mesh),
    ...protocolNotes(mesh),
    ...gatewayTcpNotes(mesh),
    SERVICES,
    UNASKED_RETRIES,
  ];
}

function matchNotes(mesh: Mesh): ExportNote[] {
  const why =
    'A VirtualService can ask one thing of each part of a request, and not that a query parameter is absent: the rules that ask for more are left out, and their requests go by those behind them.';
  return allLeads(mesh)
    .filter(({ lead }) => hasUnsayable(lead))
    .map(({ subject }) => ({ support: 'cannot' as const, subject, why }));
}

/** One delay and one abort is what a route can have: more than that is told. */
function stackedNotes(mesh: Mesh): ExportNote[] {
  return mesh.services.flatMap((service) => {
    const areAll = (['mesh', 'gateway'] as const).every((scope) =>
      areExact(actingFaults(mesh, service, scope)),
    );
    if (areAll) return [];
    const names = mesh.faults
      .filter((fault) => isSayable(fault) && fault.to === service.name)
      .map(({ name }) => name);
    const why = `${names.join(', ')} draw each by itself here. In Istio a request that fits several of them meets at most one delay and one abort.`;
    return [{ support: 'approximated' as const, subject: `faults to ${service.name}`, why }];
  });
}

function labelNotes(mesh: Mesh): ExportNote[] {
  const callers = mesh.faults
    .filter((fault) => isSayable(fault) && fault.from !== undefined && fault.from !== 'gateway')
    .map(({ from }) => from);
  if (callers.length === 0) return [];
  const names = [...new Set(callers)].join(', ');
  const why = `A fault for one caller goes by the label "app" of its pods: those of ${names} need it, with the service's name.`;
  return [{ support: 'approximated', subject: 'faults', why }];
}

function mtlsNotes(mesh: Mesh): ExportNote[] {
  const names = mesh.services.filter(({ mtls }) => mtls !== undefined).map(({ name }) => name);
  if (names.length === 0) return [];
  const why = `A mode for one service goes by the label "app" of its pods: those of ${names.join(', ')} need it, with the service's name.`;
  return [{ support: 'approximated', subject: 'services.mtls', why }];
}

/** Istio learns a port's protocol from the Service, which is not exported. */
function protocolNotes(mesh: Mesh): ExportNote[] {
  return mesh.services.flatMap(({ name, protocol }) => {
    if (protocol === undefined) return [];
    const why = `Istio reads what a port speaks from its Service: give that of ${name} "appProtocol: ${protocol}".`;
    return [{ support: 'approximated' as const, subject: `services.${name}.protocol`, why }];
  });
}

function gatewayTcpNotes({ gateway: { tcp = [] } }: Mesh): ExportNote[] {
  return tcp.map(({ name, port }): ExportNote => {
    const subject = `gateway.tcp.${name}`;
    if (port === 0) {
      return { support: 'cannot', subject, why: 'A Gateway needs a port of its own: give it one.' };
    }
    const why = `The Service of the ingress gateway must open port ${port}.`;
    return { support: 'approximated', subject, why };
  });
}

const SERVICES: ExportNote = {
  support: 'approximated',
  subject: 'services',
  why: 'Deployments and Services are yours: routes lead to Services by their names, to the versions of one by the label "version" of its pods.',
};

const UNASKED_RETRIES: ExportNote = {
  support: 'exact',
  subject: 'retries',
  why: 'Istio retries twice where nothing is said. Nothing is retried here without a policy, so each service that is called has a VirtualService that says so.',
};
