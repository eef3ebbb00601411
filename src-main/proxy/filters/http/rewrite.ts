/**
 * The request's head as the service gets it: another path, host or other headers. Done when it is
 * sent (Envoy: finalizeRequestHeaders), so that overrides and faults match what the caller asked.
 */
import type { RequestHead } from '../../codec/http1/request-head.ts';
import type { RouteConfig } from '../../config.ts';
import { applyOperations } from './headers.ts';
import { compilePathRewrite } from './path-rewrite.ts';

export type HeadRewrite = (head: RequestHead) => RequestHead;

/** Undefined where the head goes on as it came. */
export function createRewrite({ requestHeaders, rewrite }: RouteConfig): HeadRewrite | undefined {
  const steps: HeadRewrite[] = [];
  if (requestHeaders) steps.push((head) => ({ ...head, ...applyOperations(head, requestHeaders) }));
  const pathOf = rewrite && compilePathRewrite(rewrite);
  if (pathOf) steps.push((head) => withPath(head, pathOf(head.path)));
  const host = rewrite?.host;
  if (host !== undefined) steps.push((head) => ({ ...head, host }));
  return steps.length === 0
    ? undefined
    : (head) => steps.reduce((result, step) => step(result), head);
}

/** As Envoy does, the service is told what was asked for. */
function withPath(head: RequestHead, path: string): RequestHead {
  if (path === head.path) return head;
  const fields = applyOperations(head, { set: { 'x-envoy-original-path': head.path } });
  return { ...head, ...fields, path };
}
