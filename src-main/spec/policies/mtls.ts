/** Mutual TLS between the proxies of the mesh: for all of it, and service by service. */
import { mtlsMode } from '../mesh.ts';
import type { Mesh, MtlsMode, Service } from '../mesh.ts';
import type { PolicyInfo } from './policy.ts';

const MODES =
  'strict: mutual TLS alone. permissive: plain text as well, on the same port. disabled: plain text alone.';

export const mtlsSchema = mtlsMode.meta({
  description: `What services take of their callers. ${MODES}`,
  default: 'strict',
});

export const serviceMtlsSchema = mtlsMode.meta({
  description: `What this service takes of its callers; absent: the mesh's mode. ${MODES}`,
});

export const mtls: PolicyInfo = {
  title: 'mTLS',
  description: 'Encrypts every hop, and both sides prove who they are.',
  fault: false,
  schema: mtlsSchema,
};

/** What a service takes of its callers. */
export function mtlsModeOf(mesh: Mesh, service: Service): MtlsMode {
  return service.mtls ?? mesh.mtls;
}

/** Whether the mesh's own proxies call it by mutual TLS: wherever it is taken (Istio's auto mTLS). */
export function isCalledByMtls(mode: MtlsMode): boolean {
  return mode !== 'disabled';
}
