/** One accepted connection of bytes: a tunnel to an endpoint, and one hop for all of it. */
import type { Socket } from 'node:net';
import type { Timer } from '../../base/clock.ts';
import type { Bytes } from '../../base/units.ts';
import type { Connecting } from '../cluster/connect.ts';
import type { EndpointPool } from '../cluster/endpoint-pool.ts';
import { newHop, noteEndpoint } from '../exchange/hop-draft.ts';
import type { HopDraft } from '../exchange/hop-draft.ts';
import { noteAbsence, noteInstanceFaults } from '../exchange/instance-faults.ts';
import { backOff, isRetriable } from '../exchange/retry-policy.ts';
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import { HopFlag } from '../hop.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import {
  NO_TARGET,
  chooseTarget,
  noteLocalFailure,
  openTarget,
  requestOf,
  tunnelRoute,
} from '../tunnel/connect-tunnel.ts';
import type { OpenTunnel, TunnelCaller, TunnelTarget } from '../tunnel/connect-tunnel.ts';
import type { Route } from '../router/route.ts';
import { TunnelFaults } from '../tunnel/tunnel-faults.ts';
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
/** So much is read of a caller that is held; the rest stays in its socket. */
const MOST_AHEAD: Bytes = 64 * 1024;

export class TcpConnection implements DownstreamConnection {
  readonly #accepted: AcceptedSocket;
  readonly #host: ConnectionHost;
  /** Of the try at hand. */
  #hop: HopDraft;
  readonly #newHop: () => HopDraft;
  readonly #began: number;
  #tryBegan: number;
  readonly #caller: TunnelCaller;
  #target: TunnelTarget;
  #backOff: Timer | undefined;
  /** Endpoints that another try leaves out, where there are others. */
  readonly #tried = new Set<EndpointPool>();
  /** What the caller said while a fault held it. */
  #ahead: Buffer[] = [];
  /** The service's side, while the caller's may not have it yet. */
  #early: OpenTunnel | undefined;
  #connecting: Connecting | undefined;
  #faults: TunnelFaults | undefined;
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
    this.#tryBegan = this.#began;
    const { context } = host;
    const trace = context.services.ids.newTrace();
    const subject = { trace, requestId: '', method: '', path: options.serverName };
    const { protocol } = options;
    this.#newHop = () => newHop(context, { protocol, peerSpiffeId: peer.spiffeId }, subject);
    this.#hop = this.#newHop();
    this.#hop.flags |= HopFlag.TUNNEL;
    accepted.socket.on('error', this.#onEarlyEnd);
    accepted.socket.on('close', this.#onEarlyEnd);
    this.#caller = { serverName: options.serverName, remoteAddress: peer.remoteAddress };
    const route = open ? open.route : tunnelRoute(context, this.#caller);
    const isDenied = this.#isDenied(route, peer);
    if (open) this.#target = open;
    else if (isDenied) this.#target = { ...NO_TARGET, route };
    else this.#target = chooseTarget(context, route, this.#caller);
    this.#noteTarget(this.#target);
    if (isDenied) this.#deny(open);
    else this.#begin(open);
  }

  /** A tunnel has no end of its own: it goes on until the drain's time is over. */
  drain(): void {
    if (!this.#tunnel) this.destroy();
  }

  destroy(): void {
    if (this.#tunnel) return this.#tunnel.destroy();
    this.#connecting?.cancel();
    this.#backOff?.cancel();
    this.#fail('downstream-gone');
  }

  sweep(): void {
    this.#tunnel?.sweep();
  }

  onFaultsChanged(began: BegunFaults): void {
    if (this.#done) return;
    const filters = began.get(this.#hop.route) ?? [];
    if (filters.length > 0 && !this.#faults) {
      // While it is still being connected, they wait for its tunnel.
      const faults = this.#faultsOf();
      if (this.#tunnel) faults.attach(this.#tunnel);
    }
    this.#faults?.onChanged(filters);
  }

  #isDenied(route: Route | undefined, { spiffeId }: PeerInfo): boolean {
    const denial = route?.authorizer?.decide(spiffeId, undefined);
    if (!denial) return false;
    this.#hop.rule = denial.rule;
    if (denial.dryRun) this.#hop.flags |= HopFlag.DENIED_DRY_RUN;
    return !denial.dryRun;
  }

  /** Later: its host must know of it, and a TLS socket cannot be destroyed within its own callback. */
  #deny(open: OpenTunnel | undefined): void {
    if (open) reset(open.side);
    setImmediate(() => this.#fail('access-denied'));
  }

  #begin(open: OpenTunnel | undefined): void {
    const filters = this.#target.route?.tryFilters ?? [];
    if (filters.length === 0) return this.#connect(open);
    this.#early = open;
    open?.side.socket.on('error', this.#onEarlyEnd);
    open?.side.socket.on('close', this.#onEarlyEnd);
    this.#readAhead();
    this.#faultsOf().start(filters, {
      onClear: () => this.#connect(open),
      // Later, for the same reasons as a denial.
      onFail: (code) => {
        noteLocalFailure(this.#target, code);
        setImmediate(() => this.#fail(code));
      },
    });
  }

  /** Only who reads learns that the caller has gone. */
  #readAhead(): void {
    const { socket } = this.#accepted;
    socket.off('data', this.#onAhead);
    socket.on('data', this.#onAhead);
    socket.resume();
  }

  readonly #onAhead = (chunk: Buffer): void => {
    this.#ahead.push(chunk);
    const bytes = this.#ahead.reduce((sum, { length }) => sum + length, 0);
    if (bytes >= MOST_AHEAD) this.#accepted.socket.pause();
  };

  #connect(open: OpenTunnel | undefined): void {
    if (open) return this.#join(open);
    this.#connecting = openTarget(
      this.#target,
      this.#faults?.identity,
      (ready) => this.#join(ready),
      (code) => this.#fail(code),
    );
  }

  #faultsOf(): TunnelFaults {
    const { cluster, pool } = this.#target;
    return (this.#faults ??= new TunnelFaults({
      clock: this.#host.context.services.clock,
      hop: this.#hop,
      request: requestOf(this.#caller),
      ...(cluster && { breaker: cluster.breaker }),
      version: cluster?.config.workloadVersion ?? '',
      instance: pool?.id ?? '',
      connectTimeout: cluster?.config.connectTimeout ?? 0,
    }));
  }

  #join(open: OpenTunnel): void {
    const { socket, transport } = this.#accepted;
    socket.off('data', this.#onAhead);
    for (const one of [socket, open.side.socket]) {
      one.off('error', this.#onEarlyEnd);
      one.off('close', this.#onEarlyEnd);
    }
    this.#early = undefined;
    const { timing } = this.#hop;
    timing.connect = open.times.connect;
    timing.tls = open.times.tls;
    if (open.peerSpiffeId !== '') {
      this.#hop.peerSpiffeId = open.peerSpiffeId;
      this.#hop.flags |= HopFlag.MTLS;
    }
    const { limits, services } = this.#host.context;
    this.#tunnel = new Tunnel({ socket, transport, pending: this.#pending() }, open.side, {
      clock: services.clock,
      idleTimeout: open.route?.config.idleTimeout ?? limits.tunnelIdleTimeout,
      onOpen: () => this.#onOpen(),
      onEnd: (end) => this.#onEnd(end),
    });
    this.#faults?.attach(this.#tunnel);
    this.#tunnel.start();
  }

  #pending(): Buffer {
    const { pending } = this.#accepted;
    const parts = pending ? [pending, ...this.#ahead] : this.#ahead;
    this.#ahead = [];
    return parts.length > 0 ? Buffer.concat(parts) : NOTHING;
  }

  readonly #onEarlyEnd = (): void => this.destroy();

  #onOpen(): void {
    this.#hop.flags |= HopFlag.OPEN;
    this.#write();
    this.#hop.flags &= ~HopFlag.OPEN;
  }

  #onEnd(end: TunnelEnd): void {
    const failure = failureOfEnd(end);
    if (end === 'fault') this.#hop.flags |= HopFlag.ABORT_INJECTED;
    if (failure !== undefined) this.#noteFailure(failure);
    this.#finish();
  }

  /** There will be no tunnel: the caller learns it by a reset, having no other language. */
  #fail(code: FailureCode): void {
    if (this.#done) return;
    this.#noteFailure(code);
    if (this.#retries(code)) return;
    this.#finish();
    reset({ ...this.#accepted, pending: NOTHING });
    if (this.#early) reset(this.#early.side);
  }

  /**
   * Whether the route's policy has it tried again: nothing was lost as long as no byte has passed
   * (Envoy's max_connect_attempts).
   */
  #retries(code: FailureCode): boolean {
    const { route, pool } = this.#target;
    const { retry, causes } = route?.tryPolicy ?? {};
    if (this.#early || !retry || !causes || !isRetriable(causes, { failure: code })) return false;
    const { attempt } = this.#hop;
    if (attempt >= retry.attempts) {
      if (attempt > 0) this.#hop.flags |= HopFlag.RETRY_LIMIT;
      return false;
    }
    this.#hop.flags |= HopFlag.RETRIED;
    this.#faults?.cancel();
    this.#faults = undefined;
    this.#write();
    const { clock, chance } = this.#host.context.services;
    const wait = backOff(retry.backOff, attempt + 1, chance);
    if (pool && retry.ignorePreviousHosts !== false) this.#tried.add(pool);
    this.#backOff = clock.after(wait, () => this.#tryAgain(attempt + 1));
    return true;
  }

  #tryAgain(attempt: number): void {
    const { route, cluster } = this.#target;
    this.#target = { route, cluster, pool: cluster?.pick(this.#tried, undefined) };
    this.#tryBegan = this.#now();
    this.#hop = this.#newHop();
    this.#hop.attempt = attempt;
    this.#hop.flags |= HopFlag.TUNNEL | HopFlag.RETRY;
    this.#noteTarget(this.#target);
    this.#begin(undefined);
  }

  #noteFailure(code: FailureCode): void {
    this.#hop.failure = code;
    this.#hop.flags |= failureOf(code).flags;
    const { cluster } = this.#target;
    if (code === 'no-endpoint' && cluster) noteAbsence(this.#hop, cluster);
  }

  #noteTarget({ route, cluster, pool }: TunnelTarget): void {
    this.#hop.route = route?.config.name ?? '';
    this.#hop.filters = route?.chain ?? '';
    this.#hop.endpoint = pool?.state;
    if (this.#hop.direction === 'inbound') return;
    this.#hop.destinationService = cluster?.config.service ?? '';
    this.#hop.destinationVersion = cluster?.config.workloadVersion ?? '';
    noteEndpoint(this.#hop, pool);
    this.#hop.flags |= cluster?.flagsOf(pool) ?? 0;
  }

  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    this.#faults?.cancel();
    if (!this.#isProbe()) this.#write();
    this.#host.onConnectionClosed(this);
  }

  #write(): void {
    const now = this.#now();
    noteInstanceFaults(this.#hop, this.#hop.status, this.#tryBegan);
    this.#hop.duration = now - this.#tryBegan;
    this.#hop.exchangeDuration = now - this.#began;
    this.#hop.requestBytes = this.#tunnel?.sent ?? 0;
    this.#hop.responseBytes = this.#tunnel?.received ?? 0;
    this.#host.context.services.hops.write(this.#hop);
  }

  /** Connected and left without a word: a health check, or a sidecar that listens who speaks first. */
  #isProbe(): boolean {
    const { failure, faults } = this.#hop;
    const { sent = 0, received = 0 } = this.#tunnel ?? {};
    if (sent > 0 || received > 0 || faults !== '') return false;
    return failure === '' || failure === 'downstream-gone';
  }

  #now(): number {
    return this.#host.context.services.clock.now();
  }
}
