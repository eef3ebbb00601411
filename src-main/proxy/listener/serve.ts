/** From an accepted socket to the connection that serves it, by what its caller speaks. */
import { Http2Connection } from './http2-connection.ts';
import type { OpenTunnel } from '../tunnel/connect-tunnel.ts';
import { ServerConnection } from './server-connection.ts';
import type { ConnectionHost, DownstreamConnection, PeerInfo } from './server-connection.ts';
import { SilentConnection } from './silent-connection.ts';
import { TcpConnection } from './tcp-connection.ts';
import type { AcceptedSocket } from './tcp-connection.ts';
import { UndetectedConnection } from './undetected-connection.ts';
import type { Detected } from './undetected-connection.ts';

/** Serves a connection whose protocol TLS has agreed on. */
export function serveAgreed(
  accepted: AcceptedSocket,
  host: ConnectionHost,
  peer: PeerInfo,
  protocol: 'http/1.1' | 'h2' | 'tcp',
): void {
  serve(accepted, host, peer, { protocol });
}

/** Serves a plain connection: as its listener's protocol says, or by its first bytes. */
export function servePlain(accepted: AcceptedSocket, host: ConnectionHost, peer: PeerInfo): void {
  const { protocol } = host.context.listener;
  if (protocol === 'tcp') return serve(accepted, host, peer, { protocol });
  host.keep(
    new UndetectedConnection(accepted.socket, host, {
      among: protocol === 'http' ? 'http' : 'any',
      tellsSilence: protocol === 'auto',
      onDetected: (found, pending) => {
        // Where TLS is expected, whatever else comes is not for us to understand.
        const isOther = protocol === 'tls' && found.protocol !== 'tls';
        const detected: Detected = isOther ? { protocol: 'tcp' } : found;
        serve({ ...accepted, pending }, host, peer, detected);
      },
    }),
  );
}

export interface Either {
  onTls(): void;
  onPlain(): void;
  /** The caller said nothing, and the service has spoken first. */
  onService(open: OpenTunnel): void;
}

/**
 * Tells the mesh's own TLS from plain text by the first byte, as Istio's permissive mode does. A
 * caller that is silent may still begin either way.
 */
export function serveEither(accepted: AcceptedSocket, host: ConnectionHost, either: Either): void {
  const tellApart = (tellsSilence: boolean): DownstreamConnection =>
    new UndetectedConnection(accepted.socket, host, {
      among: 'tls',
      tellsSilence,
      onDetected: ({ protocol }) => {
        if (protocol === 'tls') either.onTls();
        else if (protocol === 'silent') host.keep(waitForEither());
        else either.onPlain();
      },
    });
  const waitForEither = (): DownstreamConnection =>
    new SilentConnection(accepted, host, {
      onCaller: () => host.keep(tellApart(false)),
      onService: (open) => either.onService(open),
    });
  host.keep(tellApart(host.context.listener.protocol !== 'http'));
}

/** Serves a connection whose service has spoken first. */
export function serveTunnel(
  accepted: AcceptedSocket,
  host: ConnectionHost,
  peer: PeerInfo,
  open: OpenTunnel,
): void {
  const options = { protocol: 'tcp', serverName: '' } as const;
  host.keep(new TcpConnection(accepted, host, peer, options, open));
}

function serve(
  accepted: AcceptedSocket,
  host: ConnectionHost,
  peer: PeerInfo,
  detected: Detected,
): void {
  const { socket } = accepted;
  switch (detected.protocol) {
    case 'h2':
      return host.keep(new Http2Connection(socket, host, peer));
    case 'http/1.1':
      host.keep(new ServerConnection(accepted, host, peer));
      socket.resume();
      return;
    case 'silent':
      return host.keep(waitForSpeech(accepted, host, peer));
    case 'tcp':
      return host.keep(
        new TcpConnection(accepted, host, peer, { protocol: 'tcp', serverName: '' }),
      );
    case 'tls': {
      const { serverName } = detected;
      return host.keep(new TcpConnection(accepted, host, peer, { protocol: 'tls', serverName }));
    }
  }
}

function waitForSpeech(
  accepted: AcceptedSocket,
  host: ConnectionHost,
  peer: PeerInfo,
): DownstreamConnection {
  return new SilentConnection(accepted, host, {
    onCaller: () =>
      host.keep(
        new UndetectedConnection(accepted.socket, host, {
          among: 'any',
          tellsSilence: false,
          onDetected: (detected, pending) => serve({ ...accepted, pending }, host, peer, detected),
        }),
      ),
    onService: (open) => serveTunnel(accepted, host, peer, open),
  });
}
