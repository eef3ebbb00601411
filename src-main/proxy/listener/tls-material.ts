/** A proxy's identity as node:tls wants it, for both sides of mutual TLS. */
import { createSecureContext } from 'node:tls';
import type { PeerCertificate, SecureContext, SecureContextOptions } from 'node:tls';
import type { IdentityConfig, ServerCertificate } from '../config.ts';

/** AES-128 first: as strong as needed, a little cheaper, and Envoy's own first choice. */
const CIPHERS = 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256';

export interface TlsMaterial {
  readonly config: IdentityConfig;
  readonly options: SecureContextOptions;
  /** For connections to others. */
  readonly clientContext: SecureContext;
  /** For faults: what is wrong on purpose, for both sides. */
  readonly faulty: ReadonlyMap<string, SecureContext>;
}

/** What a listener shows to callers that know nothing of the mesh. */
export interface ServerMaterial {
  readonly server: ServerCertificate;
  readonly options: SecureContextOptions;
}

/** Browsers and tools from outside: TLS 1.2 is enough. @throws Error where the PEM cannot be read. */
export function createServerMaterial(server: ServerCertificate): ServerMaterial {
  const options: SecureContextOptions = {
    cert: server.certificateChain,
    key: server.privateKey,
    minVersion: 'TLSv1.2',
  };
  createSecureContext(options);
  return { server, options };
}

/** @throws Error where the PEM cannot be read. */
export function createTlsMaterial(config: IdentityConfig): TlsMaterial {
  const options: SecureContextOptions = {
    cert: config.certificateChain,
    key: config.privateKey,
    ca: config.trustBundle,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    ciphers: CIPHERS,
  };
  const faulty = Object.entries(config.faulty ?? {}).map(
    ([flaw, { certificateChain: cert, privateKey: key }]) =>
      [flaw, createSecureContext({ ...options, cert, key })] as const,
  );
  return { config, options, clientContext: createSecureContext(options), faulty: new Map(faulty) };
}

const FAULTY_NAME = '.identity.faultline.invalid';

/** What a caller asks for by SNI, so that the called side shows a wrong certificate. */
export function faultyServerName(flaw: string): string {
  return flaw + FAULTY_NAME;
}

/** The context that a caller asks for; undefined: the good one. */
export function contextFor(
  material: TlsMaterial | undefined,
  serverName: string,
): SecureContext | undefined {
  if (!serverName.endsWith(FAULTY_NAME)) return undefined;
  return material?.faulty.get(serverName.slice(0, -FAULTY_NAME.length));
}

/**
 * The SPIFFE ID of a verified certificate: its one URI SAN (SPIFFE X.509-SVID §2: exactly one).
 * Empty where there is none, or more than one.
 */
export function spiffeIdOf(certificate: PeerCertificate | undefined): string {
  const names = (certificate?.subjectaltname ?? '').split(', ');
  const uris = names.filter((name) => name.startsWith('URI:'));
  if (uris.length !== 1) return '';
  const id = (uris[0] as string).slice('URI:'.length);
  return id.startsWith('spiffe://') ? id : '';
}

/** The workload's name in `spiffe://<trust domain>/ns/<namespace>/sa/<service>`. */
export function serviceOfSpiffeId(id: string): string {
  return /\/sa\/([^/]+)$/.exec(id)?.[1] ?? '';
}

/** What the identity check fails with, so that it can be told from other TLS failures. */
export const IDENTITY_MISMATCH = 'ERR_FAULTLINE_IDENTITY';

/** For `tls.connect`: the other side must be `expected`, whatever its address or host name. */
export function identityCheck(
  expected: string,
): (host: string, certificate: PeerCertificate) => Error | undefined {
  return (_host, certificate) => {
    const found = spiffeIdOf(certificate);
    if (found === expected) return undefined;
    const shown = found === '' ? 'no SPIFFE ID' : found;
    return Object.assign(new Error(`expected ${expected}, the certificate has ${shown}`), {
      code: IDENTITY_MISMATCH,
    });
  };
}
