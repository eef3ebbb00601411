/** Opens connections to endpoints, with mutual TLS where the cluster asks for it. */
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { EndpointConfig } from '../config.ts';
import type { FailureCode } from '../failures.ts';
import { IDENTITY_MISMATCH, identityCheck, spiffeIdOf } from '../listener/tls-material.ts';
import type { TlsMaterial } from '../listener/tls-material.ts';
import type { ConnectTimes } from '../exchange/streams.ts';

export interface ConnectOptions {
  readonly endpoint: EndpointConfig;
  readonly timeout: Milliseconds;
  readonly clock: Clock;
  /** Offered by ALPN where the connection is TLS. */
  readonly protocol: 'http/1.1' | 'h2';
  /** Absent: plain text. */
  readonly mtls?: { readonly material: TlsMaterial; readonly expectedSpiffeId: string };
}

export interface Connecting {
  /** Stops the attempt; neither callback is called after it. */
  cancel(): void;
}

/** Calls exactly one of `onReady` and `onFailure`, once. */
export function connectEndpoint(
  options: ConnectOptions,
  onReady: (socket: Socket, times: ConnectTimes, peerSpiffeId: string) => void,
  onFailure: (code: FailureCode, detail: string) => void,
): Connecting {
  const { clock, endpoint, mtls } = options;
  const began = clock.now();
  let connected = began;
  const socket = open(options);
  const onConnect = (): void => {
    connected = clock.now();
    if (!mtls) ready('');
  };
  const onSecure = (): void => {
    const { alpnProtocol } = socket as TLSSocket;
    // HTTP/1.1 needs no agreement; HTTP/2 does (RFC 9113 §3.2).
    if (options.protocol === 'h2' && alpnProtocol !== 'h2') {
      return fail('connect-failure', 'the endpoint does not speak HTTP/2');
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
    onReady(socket, { connect: connected - began, tls: clock.now() - connected }, peer);
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

function open(options: ConnectOptions): Socket {
  const { host, port } = options.endpoint;
  if (!options.mtls) return connectTcp({ host, port, noDelay: true });
  const socket = connectTls({
    host,
    port,
    ALPNProtocols: [options.protocol],
    secureContext: options.mtls.material.clientContext,
    checkServerIdentity: identityCheck(options.mtls.expectedSpiffeId),
    // Node would take the address as a name to check; who it is, is in the certificate.
    servername: '',
  });
  socket.setNoDelay(true);
  return socket;
}
