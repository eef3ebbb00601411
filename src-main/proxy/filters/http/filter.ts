/** The contract of a filter that acts on each try of a request. See README.md beside this folder. */
import type { Milliseconds } from '../../../base/units.ts';
import type { IdentityFaultConfig } from '../../config/fault.ts';
import type { ResponseHead } from '../../codec/http1/response-head.ts';
import type { FailureCode } from '../../failures.ts';
import type { Hop } from '../../hop.ts';
import type { RequestView } from '../../router/match.ts';
import type { Stage } from '../../shaping/stage.ts';

/** What a filter may know of a try, besides the request. */
export interface TryTarget {
  readonly requestId: string;
  /** Of the called service, and the instance of it that was picked; empty where there is none. */
  readonly version: string;
  readonly instance: string;
  /** Which faults have acted on it, and whether it is the first one, so far as its hop tells. */
  readonly hop: Pick<Hop, 'faults' | 'attempt'>;
}

/** What a filter wants done with a try; undefined: nothing, go on. */
export type Action =
  /** Waits, then goes on. `connect`: as if the connection took so long. */
  | {
      readonly kind: 'delay';
      readonly duration: Milliseconds;
      readonly at: 'connect' | 'request';
    }
  /** Is answered, instead of by the service. */
  | ({ readonly kind: 'respond' } & InjectedAnswer)
  /** Goes on, over a connection of its own with a wrong identity. */
  | { readonly kind: 'identity'; readonly fault: IdentityFaultConfig }
  /** Ends without an answer. */
  | { readonly kind: 'fail'; readonly code: FailureCode; readonly detail: string }
  /** Is never sent; broken after `duration`, or not at all (Infinity). */
  | { readonly kind: 'silence'; readonly duration: Milliseconds }
  /** Goes on, and what is sent and answered is shaped. */
  | { readonly kind: 'shape'; readonly shape: Shape };

/** What a fault makes of the messages that it lets through. Stages are made anew for each try. */
export interface Shape {
  /** For the request's body. */
  up?(): Stage[];
  /** For the answer's body; `head`: as the service sent it. */
  down?(head: ResponseHead): Stage[];
  /** The head that the caller's side gets to see. */
  head?(head: ResponseHead): ResponseHead;
}

/** An answer that a fault gives. */
export interface InjectedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** For callers that speak gRPC; absent: what the HTTP status maps to. */
  readonly grpcStatus?: number;
}

export interface TryFilter {
  /** Of the fault, for the hop. */
  readonly name: string;
  /** Bits of HopFlag for the tries that it touches. */
  readonly flags: number;
  /** Its place among all that act: what has a lower one acts before it. */
  readonly rank: number;
  /** It asks which instance a try is for, so that one must be picked before it. */
  readonly needsInstance: boolean;
  /** Decides for one try. Never waits and never touches a socket: the exchange does as it is told. */
  apply(request: RequestView, target: TryTarget): Action | undefined;
  /** As `apply`, for a try that was under way already when the fault came. */
  join(request: RequestView, target: TryTarget): Shape | undefined;
  /** Whether it acts now; what it has done to running tries ends when it does not. */
  isOn(): boolean;
  /** By the wall clock: when `isOn` will change next; Infinity: never. */
  nextChange(): Milliseconds;
  /** It is no part of the configuration any more. */
  stop(): void;
}
