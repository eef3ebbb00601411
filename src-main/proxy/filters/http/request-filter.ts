/**
 * The contract of a filter that acts once on each request, before a version is chosen: who may
 * call, how often, and what becomes of the request's head. Faults are not among these: they act on
 * each try (`filter.ts`).
 */
import type { Clock } from '../../../base/clock.ts';
import type { RequestHead } from '../../codec/http1/request-head.ts';
import type { ResponseHead } from '../../codec/http1/response-head.ts';
import type { FailureCode } from '../../failures.ts';
import type { RequestView } from '../../router/match.ts';

/** What such a filter may know of a request. */
export interface RequestContext extends RequestView {
  readonly head: RequestHead;
  readonly clock: Clock;
  readonly remoteAddress: string;
  /** Of the caller's certificate; empty without mutual TLS. */
  readonly peerSpiffeId: string;
}

/** What a filter wants done; undefined: nothing, go on. */
export type RequestAction =
  /** The request goes on with another head. Its framing must be the one that it came with. */
  | { readonly kind: 'replace'; readonly head: RequestHead }
  /** The request goes on; its hops get the flags (bits of HopFlag) and the rule's name. */
  | { readonly kind: 'mark'; readonly flags: number; readonly rule: string }
  /** The proxy answers by itself. */
  | {
      readonly kind: 'respond';
      readonly status: number;
      /** Empty where nothing failed: a redirect, a direct response. */
      readonly code: FailureCode | '';
      readonly message: string;
      /** Names in lower case. */
      readonly headers?: readonly (readonly [name: string, value: string])[];
      readonly body?: string;
      readonly flags: number;
      readonly rule: string;
    };

export interface RequestFilter {
  /** Decides for one request. Never waits and never touches a socket. */
  onRequest?(request: RequestContext): RequestAction | undefined;
  /** The head of the answer that the caller gets, or another one instead. */
  onResponse?(head: ResponseHead, request: RequestContext): ResponseHead;
}
