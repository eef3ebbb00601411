/**
 * Two sockets joined: what comes from one goes to the other, at the pace of the slower one, until
 * both have ended. A half-close, an end and a reset each arrive on the other side as what they were.
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import type { FailureCode } from '../failures.ts';
import type { Cut, Stage } from '../shaping/stage.ts';
import { Direction } from './direction.ts';
import type { DirectionHost } from './direction.ts';

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
export type TunnelEnd =
  'caller-reset' | 'service-reset' | 'idle' | 'destroyed' | 'fault' | undefined;

export interface TunnelOptions {
  readonly clock: Clock;
  /** Without a byte in either direction; 0: for ever. */
  readonly idleTimeout: Milliseconds;
  /** Called within a second, and every few of them as long as it is open. */
  onOpen(): void;
  /** Called once, when both sockets are through. */
  onEnd(end: TunnelEnd): void;
}

/** What was written before a fault closed the tunnel has so long to be taken. */
const LINGER: Milliseconds = 10_000;
/** Between two words of a tunnel that is open. */
const TOLD_EVERY: Milliseconds = 5_000;

export class Tunnel {
  readonly #caller: TunnelSide;
  readonly #service: TunnelSide;
  readonly #options: TunnelOptions;
  readonly #up: Direction;
  readonly #down: Direction;
  #active: number;
  #told = -Infinity;
  #cutAt = Infinity;
  /** Sockets that have closed. */
  #closed = 0;
  #end: TunnelEnd;
  #ended = false;

  constructor(caller: TunnelSide, service: TunnelSide, options: TunnelOptions) {
    this.#caller = caller;
    this.#service = service;
    this.#options = options;
    this.#active = options.clock.now();
    const host: DirectionHost = {
      clock: options.clock,
      onActive: () => (this.#active = options.clock.now()),
      onCut: (how) => this.#cut(how),
    };
    this.#up = new Direction(caller, service, host);
    this.#down = new Direction(service, caller, host);
    this.#watch(caller, 'caller-reset');
    this.#watch(service, 'service-reset');
  }

  /** Lets the bytes flow; behind `reshape`, so that faults miss none of them. */
  start(): void {
    for (const direction of [this.#up, this.#down]) direction.start();
  }

  /** From the caller to the service. */
  get sent(): Bytes {
    return this.#up.bytes;
  }

  /** From the service to the caller. */
  get received(): Bytes {
    return this.#down.bytes;
  }

  /** Puts other faults in place of those before. A stage that stays (the same object) goes on. */
  reshape(up: readonly Stage[], down: readonly Stage[]): void {
    this.#up.reshape(up);
    this.#down.reshape(down);
  }

  /** Called about once a second. */
  sweep(): void {
    const { clock, idleTimeout } = this.#options;
    const now = clock.now();
    if (now - this.#cutAt > LINGER) return this.#giveUp('fault');
    if (idleTimeout > 0 && now - this.#active > idleTimeout) return this.#giveUp('idle');
    if (now - this.#told < TOLD_EVERY) return;
    this.#told = now;
    this.#options.onOpen();
  }

  /** Resets both sides. */
  destroy(): void {
    this.#giveUp('destroyed');
  }

  #watch({ socket }: TunnelSide, resetBy: TunnelEnd): void {
    socket.on('error', () => this.#giveUp(resetBy));
    socket.on('close', () => {
      this.#closed++;
      if (this.#closed === 2) this.#finish();
      // Closed without an end first: the system gave the connection up.
      else if (!socket.readableEnded && this.#end !== 'fault') this.#giveUp(resetBy);
    });
  }

  /** Later: a TLS socket cannot be destroyed within a callback of its own (Node crashes). */
  #cut(how: Cut): void {
    this.#end ??= 'fault';
    this.#cutAt = this.#options.clock.now();
    this.#cancel();
    setImmediate(() => {
      if (how === 'reset') return this.#giveUp('fault');
      for (const { socket } of [this.#caller, this.#service]) socket.destroySoon();
    });
  }

  #giveUp(end: TunnelEnd): void {
    this.#end ??= end;
    this.#cancel();
    for (const side of [this.#caller, this.#service]) reset(side);
  }

  #cancel(): void {
    this.#up.cancel();
    this.#down.cancel();
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancel();
    this.#options.onEnd(this.#end);
  }
}

/** RST, so that the other side does not take what it has for everything (RFC 9293 §3.5.1). */
export function reset({ socket, transport }: TunnelSide): void {
  sendReset(transport);
  socket.destroy();
}

/** Where the socket below TLS is not known any more, it is only closed: Node can reset no other one. */
export function sendReset(transport: Socket): void {
  if (transport.destroyed) return;
  if (transport instanceof TLSSocket) transport.destroy();
  else transport.resetAndDestroy();
}

const FAILURES: Readonly<Record<NonNullable<TunnelEnd>, FailureCode>> = {
  'caller-reset': 'downstream-gone',
  'service-reset': 'upstream-reset',
  idle: 'tunnel-idle',
  destroyed: 'downstream-gone',
  // What the caller would see of a line that breaks; the hop's flags tell that it was on purpose.
  fault: 'upstream-reset',
};

/** How a tunnel's end stands in its hop; undefined: in peace. */
export function failureOfEnd(end: TunnelEnd): FailureCode | undefined {
  return end && FAILURES[end];
}
