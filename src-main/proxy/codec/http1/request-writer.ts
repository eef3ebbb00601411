/** The head of a request as it goes upstream. */
import type { OutgoingRequest } from '../../exchange/streams.ts';
import { endToEndHeaders, oursAt } from './serialize.ts';

export function requestHeadText(request: OutgoingRequest): string {
  const { head } = request;
  const gateway = request.direction === 'gateway';
  let text = `${head.method} ${head.path} HTTP/1.1\r\nhost: ${head.host}\r\n`;
  text += endToEndHeaders(head, oursAt(request.direction));
  if (head.upgrade !== '') text += `connection: upgrade\r\nupgrade: ${head.upgrade}\r\n`;
  if (head.chunked) text += 'transfer-encoding: chunked\r\n';
  else if (head.contentLength >= 0) text += `content-length: ${head.contentLength}\r\n`;
  if (gateway) text += forwarded(request);
  if (request.clientCertificate !== '') text += request.clientCertificate;
  return `${text}x-request-id: ${request.requestId}\r\ntraceparent: ${request.traceparent}\r\n\r\n`;
}

/** Envoy's use_remote_address: the peer's address is appended, the scheme is what the gateway saw. */
function forwarded({ head, remoteAddress, scheme }: OutgoingRequest): string {
  const before = head.values.filter((_, i) => head.names[i] === 'x-forwarded-for');
  const addresses = [...before, remoteAddress].join(', ');
  return `x-forwarded-for: ${addresses}\r\nx-forwarded-proto: ${scheme}\r\n`;
}
