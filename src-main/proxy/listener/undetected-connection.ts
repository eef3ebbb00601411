/** An accepted connection of which is not known yet what it speaks. */
import type { Socket } from 'node:net';
import type { Timer } from '../../base/clock.ts';
import { detectProtocol, isHttp2Preface, isTlsHello } from './protocol-detection.ts';
import { readServerName } from './server-name.ts';
import type { ConnectionHost, DownstreamConnection } from './server-connection.ts';

/** `silent`: nothing came within the detection's time. */
export type Detected =
  | { readonly protocol: 'http/1.1' | 'h2' | 'tcp' | 'silent' }
  | { readonly protocol: 'tls'; readonly serverName: string };

export interface UndetectedOptions {
  /** `http`: only the two kinds of HTTP are told apart; `tls`: only TLS from all else; `any`. */
  readonly among: 'http' | 'tls' | 'any';
  /** Whether silence is told, or waited out. */
  readonly tellsSilence: boolean;
  /**
   * Called once; what was read has been given back to the socket, or is `rest` where the caller has
   * ended its side already.
   */
  onDetected(detected: Detected, rest: Buffer): void;
}

const NOTHING = Buffer.alloc(0);
/** A hello of TLS has few kilobytes, also with post-quantum key shares. */
const MOST_BYTES = 64 * 1024;

export class UndetectedConnection implements DownstreamConnection {
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #options: UndetectedOptions;
  readonly #since: number;
  readonly #silence: Timer | undefined;
  #bytes: Buffer = NOTHING;
  #done = false;

  constructor(socket: Socket, host: ConnectionHost, options: UndetectedOptions) {
    this.#socket = socket;
    this.#host = host;
    this.#options = options;
    const { limits, services } = host.context;
    this.#since = services.clock.now();
    if (options.tellsSilence) {
      this.#silence = services.clock.after(limits.detectionTimeout, () => this.#onSilence());
    }
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onClose);
    socket.on('close', this.#onClose);
    socket.resume();
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
    else if (this.#bytes.length > 0 && quiet > limits.headTimeout) {
      this.#settle({ protocol: this.#options.among === 'http' ? 'http/1.1' : 'tcp' });
    }
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#silence?.cancel();
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const detected = this.#detect();
    if (detected) this.#settle(detected);
  };

  #detect(): Detected | undefined {
    const bytes = this.#bytes;
    if (this.#options.among === 'http') {
      const isHttp2 = isHttp2Preface(bytes);
      return isHttp2 === undefined ? undefined : { protocol: isHttp2 ? 'h2' : 'http/1.1' };
    }
    if (this.#options.among === 'tls') {
      return isTlsHello(bytes) ? { protocol: 'tls', serverName: '' } : { protocol: 'tcp' };
    }
    const protocol = detectProtocol(bytes);
    if (protocol !== 'tls') return protocol && { protocol };
    const serverName = bytes.length > MOST_BYTES ? '' : readServerName(bytes);
    return serverName === undefined ? undefined : { protocol, serverName };
  }

  /** Too few bytes for anything else, and no more will come. */
  readonly #onEnd = (): void => {
    if (this.#options.among === 'any' && this.#bytes.length > 0) this.#settle({ protocol: 'tcp' });
    else this.#onClose();
  };

  #onSilence(): void {
    this.#settle({ protocol: 'silent' });
  }

  readonly #onClose = (): void => {
    if (this.#done) return;
    this.#leave();
    this.#socket.destroy();
    this.#host.onConnectionClosed(this);
  };

  #settle(detected: Detected): void {
    this.#leave();
    this.#socket.pause();
    const hasEnded = this.#socket.readableEnded;
    if (this.#bytes.length > 0 && !hasEnded) this.#socket.unshift(this.#bytes);
    this.#options.onDetected(detected, hasEnded ? this.#bytes : NOTHING);
    this.#host.onConnectionClosed(this);
  }

  #leave(): void {
    this.#done = true;
    this.#silence?.cancel();
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onEnd);
    this.#socket.off('error', this.#onClose);
    this.#socket.off('close', this.#onClose);
  }
}
