/** A listening socket and the connections it accepted. What to do with them comes in a context. */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { SecureContext, Server as TlsServer, TLSSocket } from 'node:tls';
import { TCP_ALPN } from '../cluster/connect.ts';
import type { ListenerConfig } from '../config.ts';
import type { ExchangeContext } from '../exchange/context.ts';
import { FaultWatch } from '../router/fault-watch.ts';
import type { Route } from '../router/route.ts';
import { reset } from '../tunnel/tunnel.ts';
import { CallerCount } from './caller-count.ts';
import { ConnectionGroup } from './connection-group.ts';
import { serveAgreed, serveEither, servePlain, serveTunnel } from './serve.ts';
import type { ConnectionHost, DownstreamConnection, PeerInfo } from './server-connection.ts';
import { contextFor, spiffeIdOf } from './tls-material.ts';
import type { ServerMaterial, TlsMaterial } from './tls-material.ts';

/** Called when a caller's handshake failed: no certificate, one of another CA, no TLS at all. */
export type HandshakeFailed = (listener: string, reason: string) => void;

/** Milliseconds between two reports of one reason. */
const REPORT_EVERY = 1_000;
const MOST_REASONS = 20;
const LEFT = 'the caller left during the handshake';

export class Listener implements ConnectionHost {
  readonly name: string;
  readonly #server: Server;
  readonly #onHandshakeFailed: HandshakeFailed;
  readonly #connections = new Set<DownstreamConnection>();
  /** The two ways in: which of them are open is the mode of mutual TLS. */
  readonly #plain = new ConnectionGroup(this);
  readonly #secure = new ConnectionGroup(this);
  /** Accepted sockets, also those whose handshake still goes on. */
  readonly #sockets = new Set<Socket>();
  /** Callers whose handshake goes on, by their port: the sockets below TLS. */
  readonly #handshakes = new Map<number, Socket>();
  readonly #callers = new CallerCount();
  #tls: TlsServer | undefined;
  #material: TlsMaterial | ServerMaterial | undefined;
  #context: ExchangeContext | undefined;
  #faults: FaultWatch | undefined;
  #draining = false;
  #onEmpty: (() => void) | undefined;
  /** When each reason was last told, by the clock's `now`: a flood must not become one of messages. */
  readonly #reported = new Map<string, number>();

  constructor(name: string, onHandshakeFailed: HandshakeFailed) {
    this.name = name;
    this.#onHandshakeFailed = onHandshakeFailed;
    this.#server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) =>
      this.#accept(socket),
    );
  }

  get context(): ExchangeContext {
    if (!this.#context) throw new Error(`listener ${this.name} has no configuration yet`);
    return this.#context;
  }

  get draining(): boolean {
    return this.#draining;
  }

  get routes(): readonly Route[] {
    return this.#context?.routes ?? [];
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @throws the system's error (EADDRINUSE, EACCES, EADDRNOTAVAIL) where it cannot be bound. */
  bind(config: ListenerConfig): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: config.host, port: config.port, backlog: 1024 }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  /** Applies to every request from now on; exchanges at hand keep all but faults that are gone. */
  configure(context: ExchangeContext, material: TlsMaterial | ServerMaterial | undefined): void {
    this.#context = context;
    this.#faults ??= new FaultWatch(context.services.clock, (began) => {
      for (const connection of [...this.#connections]) connection.onFaultsChanged?.(began);
    });
    this.#faults.update(context.routes);
    this.#server.maxConnections = context.limits.connections;
    if (material !== this.#material || !this.#tls) {
      this.#material = material;
      if (material && this.#tls) this.#tls.setSecureContext(material.options);
      else this.#tls = material && this.#createTls(material);
    }
    const { mtls, tls } = context.listener;
    this.#plain.open = tls === undefined && mtls !== 'strict';
    this.#secure.open = tls !== undefined || mtls !== 'disabled';
  }

  sweep(): void {
    for (const connection of this.#connections) connection.sweep();
  }

  /** Accepts nothing more; resolves when the last exchange has ended. */
  drain(): Promise<void> {
    this.#draining = true;
    this.#server.close();
    for (const connection of this.#connections) connection.drain();
    return new Promise((resolve) => {
      this.#onEmpty = resolve;
      this.#checkEmpty();
    });
  }

  destroy(): void {
    this.#draining = true;
    this.#faults?.close();
    this.#server.close();
    for (const connection of [...this.#connections]) connection.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }

  onConnectionClosed(connection: DownstreamConnection): void {
    this.#connections.delete(connection);
    this.#checkEmpty();
  }

  #checkEmpty(): void {
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    const { mtls, tls } = this.context.listener;
    if (tls) this.#handshake(socket);
    else if (mtls === 'permissive') this.#serveEither(socket);
    else if (mtls === 'strict') this.#handshake(socket);
    else this.#servePlain(socket);
  }

  #servePlain(socket: Socket): void {
    const peer = this.#plainPeer(socket);
    const accepted = { socket, transport: socket };
    if (this.#admits(socket, peer)) servePlain(accepted, this.#plain, peer);
  }

  #serveEither(socket: Socket): void {
    const accepted = { socket, transport: socket };
    serveEither(accepted, this, {
      onTls: () => this.#handshake(socket),
      onPlain: () => this.#servePlain(socket),
      onService: (open) => {
        const peer = this.#plainPeer(socket);
        if (this.#admits(socket, peer)) serveTunnel(accepted, this.#plain, peer, open);
        else reset(open.side);
      },
    });
  }

  #plainPeer({ remoteAddress = '' }: Socket): PeerInfo {
    return { remoteAddress, spiffeId: '', clientCertificate: '' };
  }

  #handshake(socket: Socket): void {
    const tls = this.#tls;
    // The mode changed while the first byte was on its way.
    if (!tls) return void socket.destroy();
    const port = socket.remotePort ?? 0;
    this.#handshakes.set(port, socket);
    socket.on('close', () => this.#handshakes.delete(port));
    // Half open, a caller that hangs up in its handshake would be waited for until the time is over.
    socket.allowHalfOpen = false;
    // Documented for exactly this: a TLS server that is handed its connections.
    tls.emit('connection', socket);
  }

  keep(connection: DownstreamConnection): void {
    this.#connections.add(connection);
    if (this.#draining) connection.drain();
  }

  /** Whether the caller may have one more connection; else it is closed. */
  #admits(socket: Socket, peer: PeerInfo): boolean {
    const most = this.context.limits.connectionsPerCaller;
    const refused = this.#callers.refuses(socket, peer, most);
    if (refused === undefined) return true;
    this.#report(`${refused} has ${most} connections already`);
    socket.destroy();
    return false;
  }

  #createTls(material: TlsMaterial | ServerMaterial): TlsServer {
    const { headTimeout: handshakeTimeout } = this.context.limits;
    const server = createTlsServer(
      'server' in material
        ? { ...material.options, handshakeTimeout, ALPNProtocols: ['h2', 'http/1.1'] }
        : {
            ...material.options,
            SNICallback: (name, done) => done(null, this.#contextFor(name)),
            requestCert: true,
            rejectUnauthorized: true,
            handshakeTimeout,
            ALPNProtocols: ['h2', 'http/1.1', TCP_ALPN],
          },
    );
    server.on('secureConnection', (socket) => this.#onSecure(socket));
    server.on('tlsClientError', (error, socket) => {
      // The message names threads and source lines of OpenSSL; the code says the same.
      const reason = (error as NodeJS.ErrnoException).code ?? error.message;
      // Node ends a connection whose certificate does not verify as if the caller had hung up. Who of
      // the mesh hangs up by itself was not refused; who comes from outside may not trust us.
      if (socket.authorizationError) this.#report('its certificate is not of this mesh');
      else if (reason !== 'ECONNRESET') this.#report(reason);
      else if (this.context.listener.tls) this.#report(LEFT);
      socket.destroy();
    });
    return server;
  }

  #contextFor(serverName: string): SecureContext | undefined {
    const material = this.#material;
    return material && 'config' in material ? contextFor(material, serverName) : undefined;
  }

  #report(reason: string): void {
    const now = this.context.services.clock.now();
    if (now - (this.#reported.get(reason) ?? -Infinity) < REPORT_EVERY) return;
    if (this.#reported.size >= MOST_REASONS) this.#reported.clear();
    this.#reported.set(reason, now);
    this.#onHandshakeFailed(this.name, reason);
  }

  #onSecure(socket: TLSSocket): void {
    const port = socket.remotePort ?? 0;
    const transport = this.#handshakes.get(port) ?? socket;
    this.#handshakes.delete(port);
    socket.allowHalfOpen = transport.allowHalfOpen = true;
    const accepted = { socket, transport };
    const isOfMesh = this.context.listener.tls === undefined;
    const peer = isOfMesh ? this.#meshPeer(socket) : this.#plainPeer(socket);
    if (peer && this.#admits(socket, peer))
      serveAgreed(accepted, this.#secure, peer, this.#agreed(socket));
  }

  /** Who its certificate says it is; undefined: nobody of a mesh, and it is sent away. */
  #meshPeer(socket: TLSSocket): PeerInfo | undefined {
    const certificate = socket.getPeerCertificate();
    const spiffeId = spiffeIdOf(certificate);
    if (spiffeId === '') {
      this.#report('the certificate of the caller has no SPIFFE ID');
      socket.destroy();
      return undefined;
    }
    const material = this.#material;
    const self = material && 'config' in material ? material.config.spiffeId : '';
    const hash = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
    // Envoy's x-forwarded-client-cert, for the service to know who calls.
    const line = `x-forwarded-client-cert: By=${self};Hash=${hash};URI=${spiffeId}\r\n`;
    const remoteAddress = socket.remoteAddress ?? '';
    return { remoteAddress, spiffeId, clientCertificate: line };
  }

  /** What ALPN says; without it what the port is for. */
  #agreed({ alpnProtocol }: TLSSocket): 'http/1.1' | 'h2' | 'tcp' {
    if (alpnProtocol === TCP_ALPN) return 'tcp';
    if (alpnProtocol === 'h2') return 'h2';
    const { protocol } = this.context.listener;
    return alpnProtocol === false && protocol === 'tcp' ? 'tcp' : 'http/1.1';
  }
}
