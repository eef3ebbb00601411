/** The head of the request as it goes upstream. */
import type { RequestHead } from '../codec/http1/request-head.ts';
import { endToEndHeaders } from '../codec/http1/serialize.ts';

/** Set by us on every hop, or (the client certificate) only ever by us. */
const OURS = new Set(['traceparent', 'x-request-id', 'x-forwarded-client-cert']);
const OURS_AT_GATEWAY = new Set([...OURS, 'x-forwarded-for', 'x-forwarded-proto']);

export interface UpstreamHeadOptions {
  readonly direction: 'outbound' | 'inbound' | 'gateway';
  readonly remoteAddress: string;
  readonly requestId: string;
  /** The line for x-forwarded-client-cert, or empty. */
  readonly clientCertificate: string;
}

/** Everything up to and without `traceparent` and the empty line: the same for every try. */
export function upstreamHead(head: RequestHead, options: UpstreamHeadOptions): string {
  const gateway = options.direction === 'gateway';
  let text = `${head.method} ${head.path} HTTP/1.1\r\nhost: ${head.host}\r\n`;
  text += endToEndHeaders(head, gateway ? OURS_AT_GATEWAY : OURS);
  if (head.chunked) text += 'transfer-encoding: chunked\r\n';
  else if (head.contentLength >= 0) text += `content-length: ${head.contentLength}\r\n`;
  if (gateway) text += forwarded(head, options.remoteAddress);
  if (options.clientCertificate !== '') text += options.clientCertificate;
  return `${text}x-request-id: ${options.requestId}\r\n`;
}

/** Envoy's use_remote_address: the peer's address is appended, the scheme is what the gateway saw. */
function forwarded(head: RequestHead, remoteAddress: string): string {
  const before = head.values.filter((_, i) => head.names[i] === 'x-forwarded-for');
  return `x-forwarded-for: ${[...before, remoteAddress].join(', ')}\r\nx-forwarded-proto: http\r\n`;
}
