/** The gateway's TLS has a port of its own, and a certificate comes with its key. */
import type { Finding } from '../document/finding.ts';
import type { Check } from './check.ts';

const PATH = ['gateway', 'tls'];

export const gatewayTls: Check = ({ mesh: { gateway }, has }) => {
  const { tls } = gateway;
  if (!tls) return [];
  const others = [gateway.port, ...(gateway.tcp ?? []).map(({ port }) => port)];
  const isTaken = tls.port !== 0 && others.includes(tls.port);
  const message = `port ${tls.port} is another port of the gateway's`;
  return [
    ...(isTaken ? [{ code: 'port-conflict' as const, message, path: [...PATH, 'port'] }] : []),
    ...missingOther('certificate', 'key', has),
    ...missingOther('key', 'certificate', has),
  ];
};

function missingOther(
  given: string,
  other: string,
  has: (path: readonly string[]) => boolean,
): Finding[] {
  if (!has([...PATH, given]) || has([...PATH, other])) return [];
  const message = `"${given}" is given without "${other}"`;
  const advice = "give both, or neither: then the certificate is one of the mesh's CA";
  return [{ code: 'missing-key', message, advice, path: [...PATH, given], at: 'key' }];
}
