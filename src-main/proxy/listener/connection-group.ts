/** Connections of a listener that came in one way, plain or by mutual TLS, which may be closed to new ones. */
import type { ExchangeContext } from '../exchange/context.ts';
import type { ConnectionHost, DownstreamConnection } from './server-connection.ts';

export class ConnectionGroup implements ConnectionHost {
  readonly #listener: ConnectionHost;
  readonly #connections = new Set<DownstreamConnection>();
  #open = true;

  constructor(listener: ConnectionHost) {
    this.#listener = listener;
  }

  get context(): ExchangeContext {
    return this.#listener.context;
  }

  get draining(): boolean {
    return !this.#open || this.#listener.draining;
  }

  /** Where this way in is not open any more, connections end after what is at hand. */
  set open(open: boolean) {
    if (this.#open && !open) for (const connection of this.#connections) connection.drain();
    this.#open = open;
  }

  keep(connection: DownstreamConnection): void {
    this.#connections.add(connection);
    this.#listener.keep(connection);
    // It was on its way while the mode changed.
    if (!this.#open) connection.drain();
  }

  onConnectionClosed(connection: DownstreamConnection): void {
    this.#connections.delete(connection);
    this.#listener.onConnectionClosed(connection);
  }
}
