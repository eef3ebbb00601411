/** One way through a tunnel: at once, or as faults make it. */
import type { Clock } from '../../base/clock.ts';
import type { Bytes } from '../../base/units.ts';
import { Shaper } from '../shaping/shaper.ts';
import type { Cut, Stage } from '../shaping/stage.ts';
import type { TunnelSide } from './tunnel.ts';

export interface DirectionHost {
  readonly clock: Clock;
  /** Something moved. */
  onActive(): void;
  /** A fault breaks the tunnel. */
  onCut(how: Cut): void;
}

export class Direction {
  /** That came from the one side, whether or not they have reached the other. */
  bytes: Bytes = 0;
  readonly #from: TunnelSide;
  readonly #to: TunnelSide;
  readonly #host: DirectionHost;
  /** Made for the first fault. */
  #shaper: Shaper | undefined;

  constructor(from: TunnelSide, to: TunnelSide, host: DirectionHost) {
    this.#from = from;
    this.#to = to;
    this.#host = host;
    to.socket.on('drain', () => this.#onDrain());
  }

  start(): void {
    const { socket, pending } = this.#from;
    socket.on('data', (chunk: Buffer) => this.#pass(chunk));
    socket.on('end', () => this.#end());
    socket.resume();
    if (pending.length > 0) this.#pass(pending);
    if (socket.readableEnded) this.#end();
  }

  /** Puts other faults in place of those before; what waits for one that goes leaves at once. */
  reshape(stages: readonly Stage[]): void {
    if (this.#shaper) return this.#shaper.reshape(stages);
    if (stages.length === 0) return;
    this.#shaper = this.#createShaper(stages);
    // Asked, so that it tells when there is room again: the one side may be waiting already.
    if (this.#shaper.congested) this.#from.socket.pause();
  }

  /** Drops what waits. */
  cancel(): void {
    this.#shaper?.cancel();
  }

  #pass(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#host.onActive();
    if (this.#shaper) {
      this.#shaper.write(chunk);
      if (this.#shaper.congested) this.#from.socket.pause();
    } else if (this.#to.socket.writable && !this.#to.socket.write(chunk)) {
      this.#from.socket.pause();
    }
  }

  /** A half-close (RFC 9293 §3.6): the other direction goes on. */
  #end(): void {
    (this.#shaper ?? this.#to.socket).end();
  }

  #onDrain(): void {
    this.#host.onActive();
    if (this.#shaper) this.#shaper.onSinkDrain();
    else this.#from.socket.resume();
  }

  #createShaper(stages: readonly Stage[]): Shaper {
    const { socket } = this.#to;
    const sink = {
      get congested() {
        return socket.writableNeedDrain;
      },
      write: (chunk: Buffer) => {
        if (socket.writable) socket.write(chunk);
      },
      end: () => void socket.end(),
      cut: (how: Cut) => this.#host.onCut(how),
      onRoom: () => void this.#from.socket.resume(),
    };
    return new Shaper(this.#host.clock, sink, stages);
  }
}
