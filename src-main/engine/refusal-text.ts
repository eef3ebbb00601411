/** What people are told when a proxy refused its configuration. */
import type { Problem } from '../api/contract/index.ts';
import type { PushRefusal } from '../control/push.ts';
import { portHolder } from './port-holder.ts';

export function explainRefusal({ code, listener, reason }: PushRefusal): string {
  const port = Number(listener?.split('|')[1]);
  const isPublished = listener?.startsWith('published') === true;
  const key = listener?.startsWith('gateway-tls') ? 'gateway.tls.port' : 'gateway.port';
  if (code === 'EADDRINUSE') {
    const who = portHolder(port) ?? 'another program';
    if (isPublished) {
      return `port ${port}, which a service publishes, is in use by ${who}: stop it, or publish another one`;
    }
    return `port ${port} of the gateway is in use by ${who}: stop it, or choose another ${key} (0: any free one)`;
  }
  if (code === 'EACCES')
    return `port ${port}${isPublished ? '' : ' of the gateway'} needs more rights: choose one above 1023`;
  return reason;
}

/** `file`: the document's. */
export function refusalProblem(refusal: PushRefusal, file: string): Problem {
  const code = refusal.code === undefined ? 'gateway-certificate' : 'port-in-use';
  return { code, severity: 'error', message: explainRefusal(refusal), file, line: 1, column: 1 };
}
