/** What the gateway's TLS shows to callers from outside. */
import { readFileSync } from 'node:fs';
import type { ServerCertificate } from '../proxy/config.ts';
import type { Mesh } from '../spec/mesh.ts';

/** Browsers and tools on this machine call the gateway by these. */
const OWN_HOSTS = ['localhost', '127.0.0.1', '::1'];

/** What the mesh's CA makes out the gateway's certificate to, besides its SPIFFE ID. */
export function gatewayHosts({ gateway }: Mesh): readonly string[] {
  if (!gateway.tls) return [];
  return [...new Set([...OWN_HOSTS, ...gateway.routes.flatMap(({ host }) => host ?? [])])];
}

/**
 * The certificate that the document names; undefined: it names none. Read anew each time, so that one
 * that was renewed on disk is shown from the next change on.
 * @throws Error which says what cannot be read
 */
export function readGatewayCertificate({ gateway }: Mesh): ServerCertificate | undefined {
  const files = gateway.tls?.files;
  if (!files) return undefined;
  return {
    certificateChain: read('certificate', files.certificate),
    privateKey: read('key', files.key),
  };
}

function read(what: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it does not exist' : message;
    throw new Error(`gateway.tls.${what}: ${file} cannot be read: ${why}`);
  }
}
