/** What one looks at closely and asks for when one does: none of it is part of the state. */
import { z } from 'zod';

/** One certificate, as it says itself. Times in milliseconds since 1970. */
export const certificateFacts = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** Hexadecimal. */
  serialNumber: z.string(),
  notBefore: z.number(),
  notAfter: z.number(),
  /** URIs of the subject alternative name: the SPIFFE ID. */
  uris: z.array(z.string()),
  /** Type and curve: `ec prime256v1`. */
  key: z.string(),
  /** SHA-256, as openssl writes it. */
  fingerprint256: z.string(),
  isAuthority: z.boolean(),
  pem: z.string(),
});
export type CertificateFacts = z.infer<typeof certificateFacts>;

/** What a proxy shows in mutual TLS. */
export const certificateView = z.object({
  spiffeId: z.string(),
  /** When a new one takes its place. Milliseconds since 1970. */
  renewsAt: z.number(),
  /** From the leaf to the authority that all of the mesh trust. */
  chain: z.array(certificateFacts),
});
export type CertificateView = z.infer<typeof certificateView>;

/** A variable of an instance's environment; `masked`: its value is not shown whole. */
export const environmentVariable = z.object({
  name: z.string(),
  value: z.string(),
  masked: z.boolean(),
  /** Who says so: the document's `env`, or Faultline (`PORT`, addresses of the services called). */
  origin: z.enum(['document', 'faultline']),
});
export type EnvironmentVariable = z.infer<typeof environmentVariable>;
