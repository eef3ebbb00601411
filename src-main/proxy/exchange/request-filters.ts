/** Runs a route's request filters: once on the request, and on the head of its answer. */
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type {
  RequestAction,
  RequestContext,
  RequestFilter,
} from '../filters/http/request-filter.ts';

/** A request while filters look at it. */
export interface FilteredRequest extends RequestContext {
  /** As the filters before left it. */
  head: RequestHead;
}

/** What filters said of a request, for all its hops. */
export interface Marks {
  flags: number;
  rule: string;
}

export type FilterAnswer = Extract<RequestAction, { kind: 'respond' }>;

/** The answer of the first filter that answers by itself; undefined: the request goes on. */
export function filterRequest(
  filters: readonly RequestFilter[],
  request: FilteredRequest,
  marks: Marks,
): FilterAnswer | undefined {
  for (const filter of filters) {
    const action = filter.onRequest?.(request);
    if (!action) continue;
    if (action.kind === 'replace') {
      request.head = action.head;
      continue;
    }
    marks.flags |= action.flags;
    if (action.rule !== '') marks.rule = action.rule;
    if (action.kind === 'respond') return action;
  }
  return undefined;
}

/** In reverse, so that the first filter has the last word. */
export function filterResponse(
  filters: readonly RequestFilter[],
  request: RequestContext,
  head: ResponseHead,
): ResponseHead {
  let filtered = head;
  for (let i = filters.length - 1; i >= 0; i--) {
    filtered = filters[i]?.onResponse?.(filtered, request) ?? filtered;
  }
  return filtered;
}
