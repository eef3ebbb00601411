/** Words without a field: found wherever a request has them. Pure. */
import type { RequestSummary } from '../state.ts';
import { FIELDS } from './fields.ts';

/**
 * A service, a part of the path, a method, a status (`503`, `5xx`; of gRPC `g14`, `unavailable`, or
 * `grpc` for any), a fault's name, the beginning of a trace's id, `failed` or `injected`; in
 * quotation marks a text alone.
 */
export function fitsWord(request: RequestSummary, given: string, isQuoted: boolean): boolean {
  const word = given.toLowerCase();
  if (!isQuoted) {
    if (word === 'failed') return request.failed || request.failedInside;
    if (word === 'injected') return request.faults.length > 0;
    if (/^[1-5](xx|\d\d)$/.test(word)) return FIELDS.status.test(word)?.(request) ?? false;
  }
  return (
    request.path.toLowerCase().includes(word) ||
    request.method.toLowerCase() === word ||
    fitsGrpc(request, word) ||
    request.services.some((service) => service.includes(word)) ||
    request.faults.some((fault) => fault.includes(word)) ||
    request.traceId.startsWith(word)
  );
}

function fitsGrpc(request: RequestSummary, word: string): boolean {
  if (request.grpcStatus < 0) return false;
  if (word === 'grpc' || word === `g${request.grpcStatus}`) return true;
  return /^[a-z_-]+$/.test(word) && (FIELDS.grpc.test(word)?.(request) ?? false);
}
