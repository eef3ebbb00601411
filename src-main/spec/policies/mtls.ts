/** Mutual TLS between all proxies of the mesh. */
import { mtlsMode } from '../mesh.ts';
import type { PolicyInfo } from './policy.ts';

export const mtlsSchema = mtlsMode.meta({
  description: 'strict: proxies speak only mutual TLS with each other. disabled: plain text.',
  default: 'strict',
});

export const mtls: PolicyInfo = {
  title: 'mTLS',
  description: 'Encrypts every hop, and both sides prove who they are.',
  fault: false,
  schema: mtlsSchema,
};
