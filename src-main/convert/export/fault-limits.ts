/** What of a fault no target can say: the same for all of them that have faults at all. */
import type { Fault } from '../../spec/mesh.ts';

/** Why the fault cannot be exported: without these it would hit others, or at other times. Or ''. */
export function unsayable(fault: Fault): string {
  const reasons = [
    fault.sequence && 'a sequence of requests',
    (fault.duration !== undefined || fault.schedule || fault.expires !== undefined) && 'a time',
    (fault.fromVersion ?? fault.toVersion) !== undefined && 'a version',
    fault.instance !== undefined && 'an instance',
    fault.route !== undefined && 'a route by its name',
    fault.abort?.reset && 'a broken connection',
  ].filter((reason) => typeof reason === 'string');
  if (reasons.length === 0) return '';
  return `A fault there knows nothing of ${reasons.join(' or ')}, so this one is not exported.`;
}

/** What is different in the fault that is exported. */
export function simplified({ delay, abort, stacking }: Fault): string {
  const parts = [
    delay?.distribution && 'The delay is a fixed one there: the typical one of the distribution.',
    delay?.at === 'connect' && 'The delay comes before the request, not at the connection.',
    (abort?.headers || abort?.body !== undefined) && 'The abort has its status alone there.',
    abort?.grpcStatus !== undefined && 'The abort has an HTTP status there, no gRPC status.',
    stacking && 'Faults draw each for itself there.',
  ];
  return parts.filter((part) => typeof part === 'string').join(' ');
}
