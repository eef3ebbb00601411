/**
 * Two sockets joined: what comes from one goes to the other, at the pace of the slower one, until
 * both have ended. A half-close, an end and a reset each arrive on the other side as what they were.
 */
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import type { FailureCode } from '../failures.ts';

/** One end of a tunnel. */
export interface TunnelSide {
  /** Plain or TLS; made with `allowHalfOpen`. */
  readonly socket: Socket;
  /** The TCP socket below TLS, for a real RST; the same one where there is no TLS. */
  readonly transport: Socket;
  /** What was read of it already. */
  readonly pending: Buffer;
}

/** Who ended a tunnel by force; undefined: both sides have ended it in peace. */
export type TunnelEnd = 'caller-reset' | 'service-reset' | 'idle' | 'destroyed' | undefined;

export interface TunnelOptions {
  readonly clock: Clock;
  /** Without a byte in either direction; 0: for ever. */
  readonly idleTimeout: Milliseconds;
  /** Called once, when both sockets are through. */
  onEnd(end: TunnelEnd): void;
}

export class Tunnel {
  /** From the caller to the service. */
  sent: Bytes = 0;
  /** From the service to the caller. */
  received: Bytes = 0;
  readonly #caller: TunnelSide;
  readonly #service: TunnelSide;
  readonly #options: TunnelOptions;
  #active: number;
  /** Sockets that have closed. */
  #closed = 0;
  #end: TunnelEnd;
  #ended = false;

  constructor(caller: TunnelSide, service: TunnelSide, options: TunnelOptions) {
    this.#caller = caller;
    this.#service = service;
    this.#options = options;
    this.#active = options.clock.now();
    this.#join(caller, service, (length) => (this.sent += length), 'caller-reset');
    this.#join(service, caller, (length) => (this.received += length), 'service-reset');
    caller.socket.resume();
    service.socket.resume();
  }

  /** Called about once a second. */
  sweep(): void {
    const { clock, idleTimeout } = this.#options;
    if (idleTimeout > 0 && clock.now() - this.#active > idleTimeout) this.#giveUp('idle');
  }

  /** Resets both sides. */
  destroy(): void {
    this.#giveUp('destroyed');
  }

  #join(
    from: TunnelSide,
    to: TunnelSide,
    count: (length: Bytes) => void,
    resetBy: TunnelEnd,
  ): void {
    const pass = (chunk: Buffer): void => {
      this.#active = this.#options.clock.now();
      count(chunk.length);
      if (!to.socket.writable) return;
      if (!to.socket.write(chunk)) from.socket.pause();
    };
    if (from.pending.length > 0) pass(from.pending);
    from.socket.on('data', pass);
    to.socket.on('drain', () => {
      this.#active = this.#options.clock.now();
      from.socket.resume();
    });
    // A half-close (RFC 9293 §3.6): the other direction goes on.
    from.socket.on('end', () => to.socket.end());
    from.socket.on('error', () => this.#giveUp(resetBy));
    from.socket.on('close', () => this.#onClose(from, to));
  }

  #onClose(from: TunnelSide, to: TunnelSide): void {
    this.#closed++;
    if (this.#closed === 2) return this.#finish();
    // Closed without an end first: the system gave the connection up.
    if (!from.socket.readableEnded) this.#giveUp(this.#end ?? resetOf(from === this.#caller));
    else if (!to.socket.writableEnded) to.socket.end();
  }

  #giveUp(end: TunnelEnd): void {
    this.#end ??= end;
    for (const side of [this.#caller, this.#service]) reset(side);
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.onEnd(this.#end);
  }
}

function resetOf(isCaller: boolean): TunnelEnd {
  return isCaller ? 'caller-reset' : 'service-reset';
}

/** RST, so that the other side does not take what it has for everything (RFC 9293 §3.5.1). */
export function reset({ socket, transport }: TunnelSide): void {
  if (!transport.destroyed) transport.resetAndDestroy();
  socket.destroy();
}

const FAILURES: Readonly<Record<NonNullable<TunnelEnd>, FailureCode>> = {
  'caller-reset': 'downstream-gone',
  'service-reset': 'upstream-reset',
  idle: 'tunnel-idle',
  destroyed: 'downstream-gone',
};

/** How a tunnel's end stands in its hop; undefined: in peace. */
export function failureOfEnd(end: TunnelEnd): FailureCode | undefined {
  return end && FAILURES[end];
}
