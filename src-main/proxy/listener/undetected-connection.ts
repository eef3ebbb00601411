/** An accepted connection of which is not known yet what it speaks. */
import type { Socket } from 'node:net';
import { isHttp2Preface } from './protocol-detection.ts';
import type { ConnectionHost, DownstreamConnection } from './server-connection.ts';

const NOTHING = Buffer.alloc(0);

export class UndetectedConnection implements DownstreamConnection {
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #onDetected: (protocol: 'http/1.1' | 'h2') => void;
  readonly #since: number;
  #bytes: Buffer = NOTHING;
  #done = false;

  /** `onDetected`: called once; everything that was read has been given back to the socket. */
  constructor(
    socket: Socket,
    host: ConnectionHost,
    onDetected: (protocol: 'http/1.1' | 'h2') => void,
  ) {
    this.#socket = socket;
    this.#host = host;
    this.#onDetected = onDetected;
    this.#since = host.context.services.clock.now();
    socket.on('data', this.#onData);
    socket.on('end', this.#onClose);
    socket.on('error', this.#onClose);
    socket.on('close', this.#onClose);
  }

  drain(): void {
    this.destroy();
  }

  destroy(): void {
    this.#socket.destroy();
    this.#onClose();
  }

  /** One that says nothing is idle; one that stops in the middle is left to HTTP/1.1's time limits. */
  sweep(): void {
    const { limits, services } = this.#host.context;
    const quiet = services.clock.now() - this.#since;
    if (this.#bytes.length === 0 && quiet > limits.keepAliveTimeout) this.destroy();
    else if (this.#bytes.length > 0 && quiet > limits.headTimeout) this.#settle('http/1.1');
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const isHttp2 = isHttp2Preface(this.#bytes);
    if (isHttp2 !== undefined) this.#settle(isHttp2 ? 'h2' : 'http/1.1');
  };

  readonly #onClose = (): void => {
    if (this.#done) return;
    this.#leave();
    this.#socket.destroy();
    this.#host.onConnectionClosed(this);
  };

  #settle(protocol: 'http/1.1' | 'h2'): void {
    this.#leave();
    this.#socket.pause();
    this.#socket.unshift(this.#bytes);
    this.#onDetected(protocol);
    this.#host.onConnectionClosed(this);
  }

  #leave(): void {
    this.#done = true;
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onClose);
    this.#socket.off('error', this.#onClose);
    this.#socket.off('close', this.#onClose);
  }
}
