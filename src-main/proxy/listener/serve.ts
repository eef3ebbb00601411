/** From an accepted socket to the connection that serves it, by what its caller speaks. */
import { Http2Connection } from './http2-connection.ts';
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
  const among = protocol === 'http' ? 'http' : 'any';
  host.keep(
    new UndetectedConnection(accepted.socket, host, {
      among,
      tellsSilence: among === 'any',
      onDetected: (detected, pending) => serve({ ...accepted, pending }, host, peer, detected),
    }),
  );
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
    onService: (open) =>
      host.keep(new TcpConnection(accepted, host, peer, { protocol: 'tcp', serverName: '' }, open)),
  });
}
