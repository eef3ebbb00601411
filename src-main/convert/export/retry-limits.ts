/** What of a retry policy no target has a word for: it is left out there. */
import type { Retry } from '../../spec/mesh.ts';
import type { PolicyPlace } from '../../spec/policy-places.ts';
import type { ExportNote, ExportTarget } from './result.ts';

type Part = Exclude<keyof Retry, 'attempts' | 'on' | 'statusCodes' | 'perTryTimeout'>;

const WHY: Record<Part, string> = {
  perTryIdleTimeout: 'A try of which nothing moves goes on there until another time is over.',
  headers: 'A header of the answer is no reason for another try there.',
  rateLimitedBackOff: 'How long an answer asks to wait is not heeded there.',
  bufferBytes: 'How much of a body is kept for another try is for the proxy to say there.',
  backOff: 'How long is waited between two tries is left to the implementation there.',
  ignorePreviousHosts: 'Where another try goes is left to the implementation there.',
};

const UNSAYABLE: Record<ExportTarget, readonly Part[]> = {
  istio: ['perTryIdleTimeout', 'headers', 'rateLimitedBackOff', 'bufferBytes'],
  'gateway-api': Object.keys(WHY) as Part[],
};

export function retryPartNotes(
  target: ExportTarget,
  { subject, policy: { retry } }: PolicyPlace,
): ExportNote[] {
  if (!retry || retry.attempts === 0) return [];
  return UNSAYABLE[target]
    .filter((part) => retry[part] !== undefined)
    .map((part) => ({ support: 'cannot', subject: `${subject}.retry.${part}`, why: WHY[part] }));
}
