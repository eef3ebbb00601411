/** A try's hop record, filled in while the try goes on. */
import type { EndpointPool } from '../cluster/endpoint-pool.ts';
import type { EndpointState } from '../cluster/endpoint-state.ts';
import type { Hop } from '../hop.ts';
import { HopFlag } from '../hop.ts';
import { serviceOfSpiffeId } from '../listener/tls-material.ts';
import type { ExchangeContext } from './context.ts';
import type { UpstreamStream } from './streams.ts';
import type { TraceContext } from './trace-context.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type HopDraft = Mutable<Omit<Hop, 'timing'>> & {
  timing: Mutable<Hop['timing']>;
  /** Where it went, once that has been chosen. */
  endpoint: EndpointState | undefined;
};

/** What is known of a request when a hop of it begins. */
export interface HopSubject {
  readonly trace: TraceContext;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
}

/** What a hop tells of the connection that it came on. */
export interface HopDownstream {
  readonly protocol: string;
  readonly peerSpiffeId: string;
}

/** A hop in its first state: who, where, when; nothing has happened yet. */
export function newHop(
  context: ExchangeContext,
  downstream: HopDownstream,
  subject: HopSubject,
): HopDraft {
  const { node, listener, services } = context;
  const inbound = listener.direction === 'inbound';
  const peer = inbound ? downstream.peerSpiffeId : '';
  return {
    traceId: subject.trace.traceId,
    spanId: services.ids.spanId(),
    parentId: subject.trace.parentId,
    requestId: subject.requestId,
    node: node.id,
    direction: listener.direction,
    sourceService: inbound ? serviceOfSpiffeId(peer) : node.service,
    sourceVersion: inbound ? '' : node.workloadVersion,
    destinationService: inbound ? node.service : '',
    destinationVersion: inbound ? node.workloadVersion : '',
    destinationInstance: inbound ? node.id : '',
    destinationLocality: '',
    priority: 0,
    route: '',
    protocol: downstream.protocol,
    method: subject.method,
    path: subject.path,
    status: 0,
    grpcStatus: -1,
    failure: '',
    faults: '',
    rule: '',
    filters: '',
    peerSpiffeId: peer,
    flags: peer === '' ? 0 : HopFlag.MTLS,
    attempt: 0,
    start: services.clock.wall(),
    duration: 0,
    exchangeDuration: 0,
    timing: { injected: 0, queue: 0, connect: 0, tls: 0, upstream: 0 },
    requestBytes: 0,
    responseBytes: 0,
    endpoint: undefined,
  };
}

/** That a try has come to this endpoint; undefined: to none. */
export function noteEndpoint(hop: HopDraft, pool: EndpointPool | undefined): void {
  const endpoint = pool?.state.endpoint;
  hop.destinationInstance = endpoint?.id ?? '';
  hop.destinationLocality = endpoint?.locality ?? '';
  hop.priority = endpoint?.priority ?? 0;
  hop.endpoint = pool?.state;
}

/** Where a try's request goes out, and what it has waited for that, in milliseconds. */
export function noteConnection(
  hop: HopDraft,
  { times, peerSpiffeId }: UpstreamStream,
  waited: number,
  fresh: boolean,
): void {
  const { timing } = hop;
  if (fresh) {
    timing.tls = Math.min(waited, times.tls);
    timing.connect = Math.min(waited - timing.tls, times.connect);
  }
  timing.queue = waited - timing.tls - timing.connect;
  if (peerSpiffeId === '') return;
  hop.peerSpiffeId = peerSpiffeId;
  hop.flags |= HopFlag.MTLS;
}
