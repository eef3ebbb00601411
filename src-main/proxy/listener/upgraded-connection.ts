/** A connection that was HTTP/1.1 and has become a tunnel (RFC 9110 §7.8). */
import type { TunnelWatch } from '../exchange/streams.ts';
import type { BegunFaults } from '../router/fault-watch.ts';
import { Tunnel } from '../tunnel/tunnel.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import type { ConnectionHost, DownstreamConnection } from './server-connection.ts';

export class UpgradedConnection implements DownstreamConnection {
  readonly #tunnel: Tunnel;
  readonly #watch: TunnelWatch;

  constructor(caller: TunnelSide, service: TunnelSide, host: ConnectionHost, watch: TunnelWatch) {
    this.#watch = watch;
    const { limits, services } = host.context;
    this.#tunnel = new Tunnel(caller, service, {
      clock: services.clock,
      idleTimeout: watch.idleTimeout ?? limits.tunnelIdleTimeout,
      onOpen: () => watch.onOpen(this.#tunnel),
      onEnd: (end) => {
        watch.onEnd(this.#tunnel, end);
        host.onConnectionClosed(this);
      },
    });
    watch.onStart(this.#tunnel);
    this.#tunnel.start();
  }

  /** A tunnel has no end of its own: it goes on until the drain's time is over. */
  drain(): void {}

  destroy(): void {
    this.#tunnel.destroy();
  }

  onFaultsChanged(began: BegunFaults): void {
    this.#watch.onFaultsChanged(began);
  }

  sweep(): void {
    this.#tunnel.sweep();
  }
}
