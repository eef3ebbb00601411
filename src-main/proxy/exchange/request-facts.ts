/** A request as routes, filters and tries ask for it, and what is decided of it as it comes. */
import type { Clock } from '../../base/clock.ts';
import { beginCapture } from '../capture/exchange-capture.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ClusterConfig } from '../config.ts';
import { isGrpc } from '../grpc/status.ts';
import type { Route } from '../router/route.ts';
import type { TryPolicy } from '../router/try-policy.ts';
import { policyFor } from './caller-overrides.ts';
import type { ExchangeContext } from './context.ts';
import type { HopDraft } from './hop-draft.ts';
import { HopLog, readSubject } from './hop-log.ts';
import { RequestBody } from './request-body.ts';
import type { FilteredRequest } from './request-filters.ts';
import type { Downstream, OutgoingRequest, Protocol } from './streams.ts';

export abstract class RequestFacts implements FilteredRequest {
  /** As filters left it. */
  head: RequestHead;
  readonly downstream: Downstream;
  readonly context: ExchangeContext;
  readonly clock: Clock;
  readonly isGrpc: boolean;
  readonly route: Route | undefined;
  readonly policy: TryPolicy | undefined;
  readonly body: RequestBody;
  readonly log: HopLog;

  constructor(context: ExchangeContext, downstream: Downstream, head: RequestHead) {
    this.context = context;
    this.downstream = downstream;
    this.head = head;
    this.clock = context.services.clock;
    this.isGrpc = downstream.protocol === 'h2' && isGrpc(head.names, head.values);
    this.route = context.findRoute(this);
    this.policy = this.route && policyFor(this.route, head);
    // Whatever it means, a request is sent again where its stream was refused (RFC 9113 §8.7).
    const retained = downstream.protocol === 'h2' || (this.policy?.retains ?? false);
    const limit = this.policy?.retry?.bufferBytes ?? context.limits.retryBufferBytes;
    const capture = beginCapture(this.route?.captures, this, context.services.captures);
    if (capture) this.downstream = capture.watch(downstream);
    this.body = capture?.createBody(retained, limit) ?? new RequestBody(retained, limit);
    const about = { subject: readSubject(head, context), route: this.route, capture };
    this.log = new HopLog(context, downstream, this.body, about);
  }

  get method(): string {
    return this.head.method;
  }
  get path(): string {
    return this.head.path;
  }
  get host(): string {
    return this.head.host;
  }
  get names(): readonly string[] {
    return this.head.names;
  }
  get values(): readonly string[] {
    return this.head.values;
  }
  get remoteAddress(): string {
    return this.downstream.remoteAddress;
  }
  get peerSpiffeId(): string {
    return this.downstream.peerSpiffeId;
  }

  /**
   * What the cluster is declared to speak, else what the caller speaks (Envoy's
   * use_downstream_protocol_config). The gateway's callers choose by what they can, not by what the
   * service can, so there only gRPC stays HTTP/2.
   */
  upstreamProtocol({ protocol }: ClusterConfig): Protocol {
    // Only HTTP/1.1 can be left by an upgrade.
    if (this.head.upgrade !== '') return 'http/1.1';
    if (protocol !== undefined) return protocol;
    const isFree = this.context.listener.direction === 'gateway' && !this.isGrpc;
    return isFree ? 'http/1.1' : this.downstream.protocol;
  }

  /** The request as one try sends it. */
  outgoingRequest(hop: HopDraft): OutgoingRequest {
    const { downstream } = this;
    return {
      head: this.route?.rewrite?.(this.head) ?? this.head,
      direction: this.context.listener.direction,
      remoteAddress: downstream.remoteAddress,
      scheme: this.context.listener.tls ? 'https' : 'http',
      requestId: this.log.requestId,
      clientCertificate: downstream.clientCertificate,
      traceparent: this.log.traceparent(hop),
    };
  }
}
