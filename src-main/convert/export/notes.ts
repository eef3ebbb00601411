/** What must be known about an export: one note for each thing that the document has. */
import type { Fault, Mesh, RoutePolicy, Service } from '../../spec/mesh.ts';
import { FAULT_KINDS } from '../../spec/policies/kinds.ts';
import type { PolicyKind } from '../../spec/policies/kinds.ts';
import { isOpaque } from '../../spec/opaque.ts';
import { policyPlaces } from '../../spec/policy-places.ts';
import type { PolicyPlace } from '../../spec/policy-places.ts';
import { simplified, unsayable } from './fault-limits.ts';
import { gatewayApiNotes } from './gateway-api/notes.ts';
import { istioNotes } from './istio/notes.ts';
import { localityNotes } from './locality-notes.ts';
import { gatewaySecret } from './names.ts';
import { mirrorSupport } from './mirror.ts';
import type { ExportNote, ExportTarget } from './result.ts';
import { retryPartNotes } from './retry-limits.ts';
import { EXACT, SUPPORT } from './support.ts';
import type { SupportEntry } from './support.ts';

const NOTES: Record<ExportTarget, (mesh: Mesh) => ExportNote[]> = {
  istio: istioNotes,
  'gateway-api': gatewayApiNotes,
};

export function exportNotes(mesh: Mesh, target: ExportTarget): ExportNote[] {
  return [
    noteOf('mtls', SUPPORT[target].mtls),
    ...policyPlaces(mesh).flatMap((place) => policyNotes(mesh, target, place)),
    ...policyPlaces(mesh).flatMap((place) => retryPartNotes(target, place)),
    ...mesh.faults.flatMap((fault) => faultNotes(target, fault)),
    ...(mesh.rateLimits ?? []).map(({ enabled, name }) =>
      noteOf(`rateLimits.${name}`, enabled === false ? OFF : SUPPORT[target].rateLimit),
    ),
    ...(mesh.authorization?.policies ?? []).map(({ enabled, name }) =>
      noteOf(`authorization.${name}`, enabled === false ? OFF : SUPPORT[target].authorization),
    ),
    ...localityNotes(mesh, target),
    ...NOTES[target](mesh),
    ...(mesh.gateway.tls ? [gatewayTlsNote(mesh)] : []),
    ...(mesh.limits ? [LIMITS] : []),
    ...(mesh.instanceFaults ? [INSTANCE_FAULTS] : []),
    ...(mesh.capture?.length ? [CAPTURE] : []),
    ...(mesh.visitors ? [VISITORS] : []),
  ];
}

/** Of what stands in the document and does not act. */
const OFF: SupportEntry = { ...EXACT, why: 'It is switched off, so it is not exported.' };

function noteOf(subject: string, { support, why }: SupportEntry): ExportNote {
  return { support, subject, why };
}

function policyNotes(mesh: Mesh, target: ExportTarget, place: PolicyPlace): ExportNote[] {
  const { split, overrides = [], mirror, timeout, retry, loadBalancing } = place.policy;
  const service = mesh.services.find(({ name }) => name === place.service);
  // Said as a whole, by the target's own notes.
  if (target === 'gateway-api' && service && isOpaque(service)) return [];
  const given: Partial<Record<PolicyKind, boolean>> = {
    split: split !== undefined,
    override: overrides.length > 0,
    mirror: mirror !== undefined,
    timeout: timeout !== undefined,
    idleTimeout: place.policy.idleTimeout !== undefined,
    retry: retry !== undefined && retry.attempts > 0,
    hedge: place.policy.hedge !== undefined,
    callerOverrides: place.policy.callerOverrides ?? false,
    headers: (place.policy.requestHeaders ?? place.policy.responseHeaders) !== undefined,
    rewrite: place.policy.rewrite !== undefined,
    redirect: place.policy.redirect !== undefined,
    directResponse: place.policy.directResponse !== undefined,
    loadBalancing: loadBalancing !== undefined,
    circuitBreaker: place.policy.circuitBreaker !== undefined,
    connectionPool: place.policy.connectionPool !== undefined,
    outlierDetection: place.policy.outlierDetection !== undefined,
    healthCheck: place.policy.healthCheck !== undefined,
  };
  const kinds = (Object.keys(given) as PolicyKind[]).filter((kind) => given[kind]);
  return kinds.map((kind) => {
    const isSure = kind === 'split' && service !== undefined && isUndivided(service, split);
    const isSame = target === 'istio' && kind === 'loadBalancing' && !loadBalancing?.hash;
    const subject = `${place.subject}.${kind === 'override' ? 'overrides' : kind}`;
    if (kind === 'mirror' && mirror && service) {
      return noteOf(subject, mirrorSupport(mesh, target, service, mirror));
    }
    return noteOf(subject, isSure || isSame ? EXACT : SUPPORT[target][kind]);
  });
}

/** All go to one version: there is nothing to draw. */
function isUndivided({ versions }: Service, split: RoutePolicy['split'] = {}): boolean {
  return versions.length === 1 || Object.values(split).includes(100);
}

function faultNotes(target: ExportTarget, fault: Fault): ExportNote[] {
  const subject = `faults.${fault.name}`;
  if (!fault.enabled) {
    return [noteOf(subject, OFF)];
  }
  const kinds = FAULT_KINDS.filter((kind) => fault[kind] !== undefined);
  const reason = unsayable(fault);
  const isSayable = kinds.some((kind) => SUPPORT[target][kind].support !== 'cannot');
  if (reason !== '' && isSayable) return [noteOf(subject, { support: 'cannot', why: reason })];
  const differs = simplified(fault);
  return kinds.flatMap((kind) => {
    const part = fault[kind];
    if (!part) return [];
    const entry = SUPPORT[target][kind];
    if (entry.support === 'cannot') return [noteOf(`${subject}.${kind}`, entry)];
    const drawsAlike = fault.random || part.percentage === 100;
    const why = `${drawsAlike ? '' : entry.why} ${differs}`.trim();
    return [noteOf(`${subject}.${kind}`, why === '' ? EXACT : { support: 'approximated', why })];
  });
}

function gatewayTlsNote(mesh: Mesh): ExportNote {
  const secret = gatewaySecret(mesh);
  const why = `Its certificate is not exported: make the secret "${secret}" with kubectl create secret tls ${secret} --cert=<file> --key=<file> (for Istio, in the namespace of its ingress gateway).`;
  return { support: 'approximated', subject: 'gateway.tls', why };
}

const LIMITS: ExportNote = {
  support: 'cannot',
  subject: 'limits',
  why: 'What a proxy bears of one caller is set for the whole proxy there (in Istio by an EnvoyFilter), not by these resources.',
};

const INSTANCE_FAULTS: ExportNote = {
  support: 'cannot',
  subject: 'instanceFaults',
  why: 'What happens to instances on purpose is for tests alone.',
};

const CAPTURE: ExportNote = {
  support: 'cannot',
  subject: 'capture',
  why: 'What is captured is for looking at here alone (Envoy has its tap filter for it).',
};

const VISITORS: ExportNote = {
  support: 'cannot',
  subject: 'visitors',
  why: 'The source of traffic is for tests alone.',
};
