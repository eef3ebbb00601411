/** Which requests a filter text lets through. Pure. */
import type { RequestSummary } from '../../src-main/api/contract/index.ts';

/**
 * Words that must all fit: a service, a part of the path, a method, a status (`503`, `5xx`), a fault's
 * name, `failed` or `injected`.
 */
export function fitsFilter(request: RequestSummary, text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => fitsWord(request, word));
}

function fitsWord(request: RequestSummary, word: string): boolean {
  if (word === 'failed')
    return request.status >= 500 || request.status === 0 || request.failedInside;
  if (word === 'injected') return request.faults.length > 0;
  if (/^[1-5]xx$/.test(word)) return String(request.status).startsWith(word.charAt(0));
  if (/^[1-5]\d\d$/.test(word)) return String(request.status) === word;
  return (
    request.path.toLowerCase().includes(word) ||
    request.method.toLowerCase() === word ||
    request.services.some((service) => service.includes(word)) ||
    request.faults.some((fault) => fault.includes(word)) ||
    request.traceId.startsWith(word)
  );
}
