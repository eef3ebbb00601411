/**
 * An accepted connection whose caller says nothing. The service may be one that speaks first (MySQL,
 * SMTP, FTP), or the caller keeps the connection for a later request: whoever speaks first decides.
 * Envoy takes every silent connection for TCP; a browser's spare one would lose its requests so.
 */
import type { Connecting } from '../cluster/connect.ts';
import { chooseTarget, openTarget, tunnelRoute } from '../tunnel/connect-tunnel.ts';
import type { OpenTunnel } from '../tunnel/connect-tunnel.ts';
import { reset } from '../tunnel/tunnel.ts';
import type { ConnectionHost, DownstreamConnection } from './server-connection.ts';
import type { AcceptedSocket } from './tcp-connection.ts';

export interface SilentOptions {
  /** The caller has spoken; its bytes have been given back to the socket. */
  onCaller(): void;
  /** The service has spoken; its bytes have been given back to its socket. */
  onService(open: OpenTunnel): void;
}

export class SilentConnection implements DownstreamConnection {
  readonly #accepted: AcceptedSocket;
  readonly #host: ConnectionHost;
  readonly #options: SilentOptions;
  readonly #since: number;
  readonly #connecting: Connecting;
  #open: OpenTunnel | undefined;
  #done = false;

  constructor(accepted: AcceptedSocket, host: ConnectionHost, options: SilentOptions) {
    this.#accepted = accepted;
    this.#host = host;
    this.#options = options;
    this.#since = host.context.services.clock.now();
    const { socket } = accepted;
    socket.on('data', this.#onCallerData);
    socket.on('end', this.#onGone);
    socket.on('error', this.#onGone);
    socket.on('close', this.#onGone);
    socket.resume();
    const caller = { serverName: '', remoteAddress: accepted.transport.remoteAddress ?? '' };
    const route = tunnelRoute(host.context, caller);
    this.#connecting = openTarget(
      chooseTarget(host.context, route, caller),
      undefined,
      (open) => this.#onOpen(open),
      // Nothing is lost: whatever the caller says first will be answered, or refused, for itself.
      () => undefined,
    );
  }

  drain(): void {
    this.destroy();
  }

  destroy(): void {
    this.#onGone();
  }

  sweep(): void {
    const { limits, services } = this.#host.context;
    if (services.clock.now() - this.#since > limits.keepAliveTimeout) this.destroy();
  }

  #onOpen(open: OpenTunnel): void {
    const { socket } = open.side;
    this.#open = open;
    socket.on('data', this.#onServiceData);
    socket.on('end', this.#onServiceGone);
    socket.on('error', this.#onServiceGone);
    socket.resume();
  }

  readonly #onCallerData = (chunk: Buffer): void => {
    const { socket } = this.#accepted;
    this.#leave();
    socket.pause();
    socket.unshift(chunk);
    this.#dropService();
    this.#options.onCaller();
    this.#host.onConnectionClosed(this);
  };

  readonly #onServiceData = (chunk: Buffer): void => {
    const open = this.#open as OpenTunnel;
    const { socket } = open.side;
    this.#leave();
    this.#leaveService();
    socket.pause();
    socket.unshift(chunk);
    this.#options.onService(open);
    this.#host.onConnectionClosed(this);
  };

  /** It did not like to wait: the next one is opened when the caller speaks. */
  readonly #onServiceGone = (): void => this.#dropService();

  readonly #onGone = (): void => {
    if (this.#done) return;
    this.#leave();
    this.#dropService();
    this.#accepted.socket.destroy();
    this.#host.onConnectionClosed(this);
  };

  #dropService(): void {
    this.#connecting.cancel();
    const open = this.#open;
    if (!open) return;
    this.#leaveService();
    this.#open = undefined;
    reset(open.side);
  }

  #leaveService(): void {
    const socket = this.#open?.side.socket;
    socket?.off('data', this.#onServiceData);
    socket?.off('end', this.#onServiceGone);
    socket?.off('error', this.#onServiceGone);
  }

  #leave(): void {
    this.#done = true;
    const { socket } = this.#accepted;
    socket.off('data', this.#onCallerData);
    socket.off('end', this.#onGone);
    socket.off('error', this.#onGone);
    socket.off('close', this.#onGone);
  }
}
