/** What a proxy must know of the faults that it is to inject. Part of the seam (`../config.ts`). */
import type { Distribution } from '../../base/distribution.ts';
import type { Milliseconds, Percent } from '../../base/units.ts';
import type { FaultyIdentity, RouteMatch } from '../config.ts';

/** One fault of the document, with one of its kinds. */
export interface FaultConfig extends FaultKindConfigs {
  /** The document's name of it, for hop records. */
  readonly name: string;
  readonly match: RouteMatch;
  /** The usual coin instead of the exact share. */
  readonly random: boolean;
  /** For callers of this version alone. */
  readonly fromVersion?: string;
  /** For tries on this version of the called service, and on this instance of it. */
  readonly toVersion?: string;
  readonly instance?: string;
  /** Which of the matching tries, in their order; the share is taken of these. */
  readonly sequence?: SequenceConfig;
  /** Only for tries that no fault before it has touched (Kuma); absent: each for itself (Envoy). */
  readonly stacking?: 'remainder';
  /** Of its own generator; absent: a run cannot be repeated. */
  readonly seed?: number;
  /** Absent: as long as it stands in the configuration. */
  readonly active?: ActiveConfig;
}

/** When a fault acts, by the wall clock (milliseconds since 1970). */
export interface ActiveConfig {
  readonly from: Milliseconds;
  /** Absent: for ever. */
  readonly until?: Milliseconds;
  /** For `duration` out of each `period`, the first time at `from`. */
  readonly every?: { readonly period: Milliseconds; readonly duration: Milliseconds };
}

/** Counted over the tries that match. Exactly one key. */
export type SequenceConfig =
  /** The first N, and none after them. */
  | { readonly first: number }
  /** The Nth, the 2·Nth, … */
  | { readonly every: number }
  /** The first `length` of each `every`. */
  | { readonly burst: { readonly length: number; readonly every: number } }
  /**
   * The first `times` tries of each key, then none of it. The key is the request's id, or the value
   * of a header (lower-case name).
   */
  | { readonly failThenWork: { readonly times: number; readonly header?: string } };

export type FaultKind = keyof FaultKindConfigs;

interface Part {
  /** Of the tries that match and that the sequence takes. */
  readonly percentage: Percent;
}

/** What faults do, by kind. */
export interface FaultKindConfigs {
  readonly delay?: DelayConfig;
  readonly abort?: AbortConfig;
  readonly identity?: IdentityFaultConfig;
}

export interface DelayConfig extends Part {
  /** Fixed, or what is typical of the distribution. */
  readonly duration: Milliseconds;
  readonly distribution?: Distribution;
  /**
   * `connect`: as if the connection took so long, so that the connect timeout can strike.
   * Absent: before the request goes out.
   */
  readonly at?: 'connect' | 'request';
}

/** Who is not who it should be, on a connection of the try's own. */
export interface IdentityFaultConfig extends Part {
  readonly shows: FaultyIdentity | 'plainText';
  readonly side: 'client' | 'server';
}

export interface AbortConfig extends Part {
  readonly status: number;
  /** Lower-case name to value. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What gRPC callers get; absent: what the HTTP status maps to. */
  readonly grpcStatus?: number;
  /** No answer: the connection breaks before the head. */
  readonly reset?: 'beforeHead';
}
