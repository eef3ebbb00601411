/** One accepted connection of bytes: a tunnel to an endpoint, and one hop for all of it. */
import type { Socket } from 'node:net';
import type { Connecting } from '../cluster/connect.ts';
import { newHop } from '../exchange/hop-draft.ts';
import type { HopDraft } from '../exchange/hop-draft.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import { HopFlag } from '../hop.ts';
import { connectTunnel, tunnelRoute } from '../tunnel/connect-tunnel.ts';
import type { OpenTunnel, TunnelCaller, TunnelTarget } from '../tunnel/connect-tunnel.ts';
import type { Route } from '../router/route.ts';
import { Tunnel, failureOfEnd, reset } from '../tunnel/tunnel.ts';
import type { TunnelEnd } from '../tunnel/tunnel.ts';
import type { ConnectionHost, DownstreamConnection, PeerInfo } from './server-connection.ts';

/** The caller's side of a tunnel, as it was accepted. */
export interface AcceptedSocket {
  readonly socket: Socket;
  /** The TCP socket below TLS; the same one where there is no TLS. */
  readonly transport: Socket;
  /** What was read of it and could not be given back. */
  readonly pending?: Buffer;
}

export interface TcpOptions {
  readonly protocol: 'tcp' | 'tls';
  /** That a TLS hello asks for; else empty. */
  readonly serverName: string;
}

const NOTHING = Buffer.alloc(0);

export class TcpConnection implements DownstreamConnection {
  readonly #accepted: AcceptedSocket;
  readonly #host: ConnectionHost;
  readonly #hop: HopDraft;
  readonly #began: number;
  #connecting: Connecting | undefined;
  #tunnel: Tunnel | undefined;
  #done = false;

  /** `open`: a tunnel that stands already; else one is opened. */
  constructor(
    accepted: AcceptedSocket,
    host: ConnectionHost,
    peer: PeerInfo,
    options: TcpOptions,
    open?: OpenTunnel,
  ) {
    this.#accepted = accepted;
    this.#host = host;
    this.#began = this.#now();
    const { context } = host;
    const trace = context.services.ids.newTrace();
    const subject = { trace, requestId: '', method: '', path: options.serverName };
    this.#hop = newHop(
      context,
      { protocol: options.protocol, peerSpiffeId: peer.spiffeId },
      subject,
    );
    this.#hop.flags |= HopFlag.TUNNEL;
    accepted.socket.on('error', this.#onEarlyEnd);
    accepted.socket.on('close', this.#onEarlyEnd);
    const caller = { serverName: options.serverName, remoteAddress: peer.remoteAddress };
    const route = open ? open.route : tunnelRoute(context, caller);
    if (this.#isDenied(route, peer)) this.#deny(route, open);
    else if (open) this.#join(open);
    else this.#connect(caller);
  }

  /** A tunnel has no end of its own: it goes on until the drain's time is over. */
  drain(): void {
    if (!this.#tunnel) this.destroy();
  }

  destroy(): void {
    if (this.#tunnel) return this.#tunnel.destroy();
    this.#connecting?.cancel();
    this.#fail('downstream-gone', NO_TARGET);
  }

  sweep(): void {
    this.#tunnel?.sweep();
  }

  #isDenied(route: Route | undefined, { spiffeId }: PeerInfo): boolean {
    const denial = route?.authorizer?.decide(spiffeId, undefined);
    if (!denial) return false;
    this.#hop.rule = denial.rule;
    if (denial.dryRun) this.#hop.flags |= HopFlag.DENIED_DRY_RUN;
    return !denial.dryRun;
  }

  /** Later: its host must know of it, and a TLS socket cannot be destroyed within its own callback. */
  #deny(route: Route | undefined, open: OpenTunnel | undefined): void {
    if (open) reset(open.side);
    setImmediate(() => this.#fail('access-denied', { ...NO_TARGET, route }));
  }

  #connect(caller: TunnelCaller): void {
    this.#connecting = connectTunnel(
      this.#host.context,
      caller,
      (open) => this.#join(open),
      (code, _detail, target) => this.#fail(code, target),
    );
  }

  #join(open: OpenTunnel): void {
    const { socket, transport, pending = NOTHING } = this.#accepted;
    socket.off('error', this.#onEarlyEnd);
    socket.off('close', this.#onEarlyEnd);
    this.#noteTarget(open);
    const { timing } = this.#hop;
    timing.connect = open.times.connect;
    timing.tls = open.times.tls;
    if (open.peerSpiffeId !== '') {
      this.#hop.peerSpiffeId = open.peerSpiffeId;
      this.#hop.flags |= HopFlag.MTLS;
    }
    const { limits, services } = this.#host.context;
    this.#tunnel = new Tunnel({ socket, transport, pending }, open.side, {
      clock: services.clock,
      idleTimeout: limits.tunnelIdleTimeout,
      onOpen: () => this.#onOpen(),
      onEnd: (end) => this.#onEnd(end),
    });
  }

  readonly #onEarlyEnd = (): void => this.destroy();

  #onOpen(): void {
    this.#measure();
    this.#hop.flags |= HopFlag.OPEN;
    this.#host.context.services.hops.write(this.#hop);
    this.#hop.flags &= ~HopFlag.OPEN;
  }

  #onEnd(end: TunnelEnd): void {
    const failure = failureOfEnd(end);
    if (failure !== undefined) this.#noteFailure(failure);
    this.#finish();
  }

  /** There will be no tunnel: the caller learns it by a reset, having no other language. */
  #fail(code: FailureCode, target: TunnelTarget): void {
    if (this.#done) return;
    this.#noteTarget(target);
    this.#noteFailure(code);
    this.#finish();
    reset({ ...this.#accepted, pending: NOTHING });
  }

  #noteFailure(code: FailureCode): void {
    this.#hop.failure = code;
    this.#hop.flags |= failureOf(code).flags;
  }

  #noteTarget({ route, cluster, pool }: TunnelTarget): void {
    this.#hop.route = route?.config.name ?? '';
    if (this.#hop.direction === 'inbound') return;
    this.#hop.destinationService = cluster?.config.service ?? '';
    this.#hop.destinationVersion = cluster?.config.workloadVersion ?? '';
    this.#hop.destinationInstance = pool?.id ?? '';
  }

  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    this.#measure();
    if (!this.#isProbe()) this.#host.context.services.hops.write(this.#hop);
    this.#host.onConnectionClosed(this);
  }

  #measure(): void {
    this.#hop.duration = this.#now() - this.#began;
    this.#hop.exchangeDuration = this.#hop.duration;
    this.#hop.requestBytes = this.#tunnel?.sent ?? 0;
    this.#hop.responseBytes = this.#tunnel?.received ?? 0;
  }

  /** Connected and left without a word: a health check, or a sidecar that listens who speaks first. */
  #isProbe(): boolean {
    const { requestBytes, responseBytes, failure } = this.#hop;
    if (requestBytes > 0 || responseBytes > 0) return false;
    return failure === '' || failure === 'downstream-gone';
  }

  #now(): number {
    return this.#host.context.services.clock.now();
  }
}

const NO_TARGET: TunnelTarget = { route: undefined, cluster: undefined, pool: undefined };
