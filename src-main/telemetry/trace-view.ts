/** A trace with its hops, ready to be drawn; times in milliseconds. */
import type { Hop, HopTiming, MirrorComparison } from '../proxy/hop.ts';

export interface HopView extends Pick<
  Hop,
  | 'spanId'
  | 'parentId'
  | 'node'
  | 'direction'
  | 'sourceVersion'
  | 'destinationVersion'
  | 'destinationInstance'
  | 'destinationLocality'
  | 'priority'
  | 'route'
  | 'protocol'
  | 'method'
  | 'path'
  | 'status'
  | 'grpcStatus'
  | 'failure'
  | 'rule'
  | 'peerSpiffeId'
  | 'attempt'
  | 'start'
  | 'duration'
  | 'exchangeDuration'
  | 'requestBytes'
  | 'responseBytes'
> {
  readonly source: string;
  readonly destination: string;
  /** As the figures count it. */
  readonly failed: boolean;
  readonly faults: string[];
  /** What stood on its route, in the order in which it acts. */
  readonly filters: FilterView[];
  /** Names of HopFlag. */
  readonly flags: string[];
  /** Its messages are kept. */
  readonly captured: boolean;
  /** A shadow, or what came of one: nobody waited for it. Absent: it is none. */
  readonly shadow?: boolean;
  /** Of a shadow: what its answer was compared with. */
  readonly mirror?: MirrorComparison;
  readonly timing: HopTiming & { readonly proxy: number };
}

export interface FilterView {
  /** As the document calls it: `authorization`, `retry`, `delay`. */
  readonly kind: string;
  /** Of the fault or the rule; empty where it has none. */
  readonly name: string;
  /** It made a difference to this hop. */
  readonly acted: boolean;
}

export interface TraceView {
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly duration: number;
  readonly hops: HopView[];
}
