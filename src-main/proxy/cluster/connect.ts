/** Opens connections to endpoints, with mutual TLS where the cluster asks for it. */
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { EndpointConfig } from '../config.ts';
import type { ConnectionPoolConfig } from '../config/upstream.ts';
import type { FailureCode } from '../failures.ts';
import { IDENTITY_MISMATCH, identityCheck, spiffeIdOf } from '../listener/tls-material.ts';
import type { TlsMaterial } from '../listener/tls-material.ts';
import type { ConnectTimes } from '../exchange/streams.ts';

export interface ConnectOptions {
  readonly endpoint: EndpointConfig;
  readonly timeout: Milliseconds;
  readonly clock: Clock;
  /** Offered by ALPN where the connection is TLS. */
  readonly protocol: 'http/1.1' | 'h2' | 'tcp';
  readonly connections: ConnectionPoolConfig;
  /** Absent: plain text. */
  readonly mtls?: {
    readonly material: TlsMaterial;
    readonly expectedSpiffeId: string;
    /** Asked for by SNI; absent: none. */
    readonly serverName?: string;
  };
}

export interface Connecting {
  /** Stops the attempt; neither callback is called after it. */
  cancel(): void;
}

/** `transport`: the TCP socket below TLS; the same one where there is no TLS. */
export type OnReady = (
  socket: Socket,
  times: ConnectTimes,
  peerSpiffeId: string,
  transport: Socket,
) => void;

/** How a sidecar tells the next one that bytes follow which nobody is to interpret (RFC 7301). */
export const TCP_ALPN = 'faultline-tcp';

/** Calls exactly one of `onReady` and `onFailure`, once. */
export function connectEndpoint(
  options: ConnectOptions,
  onReady: OnReady,
  onFailure: (code: FailureCode, detail: string) => void,
): Connecting {
  const { clock, endpoint, mtls } = options;
  const began = clock.now();
  let connected = began;
  const { socket, transport } = open(options);
  const onConnect = (): void => {
    connected = clock.now();
    if (!mtls) ready('');
  };
  const onSecure = (): void => {
    const { alpnProtocol } = socket as TLSSocket;
    // HTTP/1.1 needs no agreement; the others do (RFC 9113 §3.2).
    if (options.protocol !== 'http/1.1' && alpnProtocol !== ALPN[options.protocol]) {
      return fail('connect-failure', `the endpoint does not take ${options.protocol}`);
    }
    ready(spiffeIdOf((socket as TLSSocket).getPeerCertificate()));
  };
  const onError = (error: NodeJS.ErrnoException): void => {
    const mismatch = error.code === IDENTITY_MISMATCH;
    fail(mismatch ? 'identity-mismatch' : 'connect-failure', error.message);
  };
  const onClose = (): void => fail('connect-failure', 'closed while connecting');
  const timer = clock.after(options.timeout, () => {
    fail('connect-failure', `no connection to ${endpoint.host}:${endpoint.port} in time`);
  });
  socket.on('connect', onConnect);
  socket.on('secureConnect', onSecure);
  socket.on('error', onError);
  socket.on('close', onClose);

  function settle(): void {
    timer.cancel();
    socket.off('connect', onConnect);
    socket.off('secureConnect', onSecure);
    socket.off('error', onError);
    socket.off('close', onClose);
  }
  function ready(peer: string): void {
    settle();
    onReady(socket, { connect: connected - began, tls: clock.now() - connected }, peer, transport);
  }
  function abandon(): void {
    settle();
    // A socket that is being destroyed may still report; nobody listens any more, and it must not
    // become an uncaught exception.
    socket.on('error', () => undefined);
    socket.destroy();
  }
  function fail(code: FailureCode, detail: string): void {
    abandon();
    onFailure(code, detail);
  }
  return { cancel: abandon };
}

const ALPN = { 'http/1.1': 'http/1.1', h2: 'h2', tcp: TCP_ALPN } as const;

function open(options: ConnectOptions): { socket: Socket; transport: Socket } {
  const { host, port } = options.endpoint;
  // An HTTP/1.1 connection may become a tunnel.
  const allowHalfOpen = options.protocol !== 'h2';
  const { tcpKeepalive } = options.connections;
  const transport = connectTcp({
    host,
    port,
    noDelay: true,
    allowHalfOpen,
    keepAlive: tcpKeepalive > 0,
    keepAliveInitialDelay: tcpKeepalive,
  });
  if (!options.mtls) return { socket: transport, transport };
  const socket = connectTls({
    socket: transport,
    ALPNProtocols: [ALPN[options.protocol]],
    secureContext: options.mtls.material.clientContext,
    checkServerIdentity: identityCheck(options.mtls.expectedSpiffeId),
    // Node would take the address as a name to check; who it is, is in the certificate.
    servername: options.mtls.serverName ?? '',
  });
  return { socket, transport };
}
