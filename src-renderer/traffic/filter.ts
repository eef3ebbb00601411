/** Which requests are listed. Pure. */
import type { RequestSummary } from '../../src-main/api/contract/index.ts';
import type { Selection } from '../app/ui-store.ts';
import { statusName, statusText } from './status.ts';

/**
 * Words that must all fit: a service, a part of the path, a method, a status (`503`, `5xx`; of gRPC
 * `g14`, `unavailable`, or `grpc` for any), a fault's name, the beginning of a trace's id, `failed` or `injected`.
 */
export function fitsFilter(request: RequestSummary, text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => fitsWord(request, word));
}

function fitsWord(request: RequestSummary, word: string): boolean {
  if (word === 'failed') return request.failed || request.failedInside;
  if (word === 'injected') return request.faults.length > 0;
  if (/^[1-5]xx$/.test(word)) return String(request.status).startsWith(word.charAt(0));
  if (/^[1-5]\d\d$/.test(word)) return String(request.status) === word;
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
  return (
    word === statusText(request) || statusName(request).toLowerCase().split(' ').includes(word)
  );
}

/** Went through what is selected: the service, or both ends of the edge. */
export function wentThrough(request: RequestSummary, selection: Selection): boolean {
  if (selection.kind === 'none') return true;
  if (selection.kind === 'trace') return request.traceId === selection.traceId;
  const wanted = selection.kind === 'service' ? [selection.name] : [selection.from, selection.to];
  return wanted.every((name) => request.from === name || request.services.includes(name));
}
