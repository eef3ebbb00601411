/** What is drawn on an edge, or on the gateway, where something acted on its requests. */
import type { HopFlag } from '../../../proxy/hop.ts';
import type { FlagCounts } from '../flag-log.ts';

export type BadgeKind =
  | 'fault'
  | 'retry'
  | 'retry-limit'
  | 'retry-abandoned'
  | 'hedge'
  | 'timeout'
  | 'connect-failure'
  | 'reset'
  | 'caller-gone'
  | 'no-route'
  | 'no-endpoint'
  | 'bad-request'
  | 'bad-answer'
  | 'wrong-identity'
  | 'rate-limit'
  | 'denied'
  | 'denied-dry-run'
  | 'open-circuit'
  | 'ejected'
  | 'panic'
  | 'failover'
  | 'mirror'
  | 'direct-response'
  | 'grpc-failure'
  | 'idle-timeout';

export interface Badge {
  kind: BadgeKind;
  /** Tries or requests that it acted on, per second of the window. */
  rate: number;
  /** Of the faults or rules of the document that did it; empty where none has a name. */
  names: string[];
}

export interface Decorator {
  /** The flags that it speaks for. */
  readonly flags: readonly (keyof typeof HopFlag)[];
  /** `seconds`: how long the window is. Undefined where there is nothing to draw. */
  decorate(counts: FlagCounts, seconds: number): Badge | undefined;
}
