/** What a proxy must know of the faults that it is to inject. Part of the seam (`../config.ts`). */
import type { Distribution } from '../../base/distribution.ts';
import type { Bytes, Milliseconds, Percent } from '../../base/units.ts';
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
  /** Nothing comes through between the two sides: a try waits until it gives its connection up. */
  readonly partition?: Part;
  readonly nameNotFound?: Part;
  readonly connectionRefused?: Part;
  /** As `connectionRefused`, and requests under way are broken when it begins. */
  readonly down?: Part;
  /** The request is taken and never answered. */
  readonly silence?: SilenceConfig;
  readonly abort?: AbortConfig;
  readonly identity?: IdentityFaultConfig;
  readonly responseHeaders?: ResponseHeadersConfig;
  readonly corrupt?: CorruptConfig;
  readonly truncate?: TruncateConfig;
  readonly limitData?: LimitDataConfig;
  readonly bandwidth?: BandwidthConfig;
  readonly slicer?: SlicerFaultConfig;
  readonly slowClose?: SlowCloseConfig;
  readonly resetPeer?: ResetPeerConfig;
}

/** Which way bytes go: up to the service, down to the caller. */
export type Direction = 'up' | 'down';

export interface DelayConfig extends Part {
  /** Fixed, or what is typical of the distribution. */
  readonly duration: Milliseconds;
  readonly distribution?: Distribution;
  /**
   * `connect`: as if the connection took so long, so that the connect timeout can strike.
   * `chunk`: each piece of a body, both ways. Absent: before the request goes out.
   */
  readonly at?: 'connect' | 'request' | 'chunk';
}

export interface SilenceConfig extends Part {
  /** Then the connection is closed; 0: silent until the fault or the caller goes. */
  readonly duration: Milliseconds;
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
  /** No answer: the connection breaks, before the head, behind it, or in the middle of the body. */
  readonly reset?: 'beforeHead' | 'afterHead' | 'midBody';
}

export interface ResponseHeadersConfig extends Part {
  /** Lower-case names. */
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

export interface CorruptConfig extends Part {
  readonly direction: Direction;
  /** Share of the bytes that are changed. */
  readonly bytes: Percent;
  /** Offsets in the body that are changed in any case. */
  readonly at: readonly number[];
}

export interface TruncateConfig extends Part {
  /** What is left of an answer's body; its length is told accordingly. */
  readonly bytes: Bytes;
}

export interface LimitDataConfig extends Part {
  readonly direction: Direction;
  readonly bytes: Bytes;
  readonly then: 'close' | 'reset';
}

export interface BandwidthConfig extends Part {
  /** Bytes per second. */
  readonly up?: Bytes;
  readonly down?: Bytes;
}

export interface SlicerFaultConfig extends Part {
  readonly direction: Direction;
  readonly size: Bytes;
  readonly variation: Bytes;
  readonly delay: Milliseconds;
}

export interface SlowCloseConfig extends Part {
  readonly delay: Milliseconds;
}

export interface ResetPeerConfig extends Part {
  /** From the request's sending; 0: at once. */
  readonly after: Milliseconds;
}
