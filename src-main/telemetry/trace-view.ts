/** A trace with its hops, ready to be drawn; times in milliseconds. */
import type { Hop, HopTiming } from '../proxy/hop.ts';

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
  /** Names of HopFlag. */
  readonly flags: string[];
  readonly timing: HopTiming & { readonly proxy: number };
}

export interface TraceView {
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly duration: number;
  readonly hops: HopView[];
}
