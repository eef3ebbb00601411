/**
 * What faults make of one connection of bytes. They act on it as on a try of a request: in their
 * order, before it is connected; and each one that comes later joins what is under way.
 */
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { CircuitBreaker } from '../cluster/circuit-breaker.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { IdentityFaultConfig } from '../config/fault.ts';
import { FaultHold, markFault } from '../exchange/fault-hold.ts';
import type { Wait } from '../exchange/fault-hold.ts';
import type { HopDraft } from '../exchange/hop-draft.ts';
import type { ActingShape } from '../exchange/try-shaping.ts';
import type { FailureCode } from '../failures.ts';
import type { Action, Shape, TryFilter, TryTarget } from '../filters/http/filter.ts';
import { HopFlag } from '../hop.ts';
import type { RequestView } from '../router/match.ts';
import type { Stage } from '../shaping/stage.ts';
import { createTimeout } from '../shaping/timeout.ts';
import type { Tunnel } from './tunnel.ts';

export interface TunnelFaultsOptions {
  readonly clock: Clock;
  readonly hop: HopDraft;
  /** Of its cluster, for as long as it is held; undefined: none. */
  readonly breaker?: CircuitBreaker;
  /** What can be said of the connection: nothing but the name that TLS asks for. */
  readonly request: RequestView;
  readonly version: string;
  readonly instance: string;
  readonly connectTimeout: Milliseconds;
}

/** Called once each: `onClear` when nothing stands before the connection any more. */
export interface TunnelFaultsHost {
  onClear(): void;
  onFail(code: FailureCode): void;
}

interface Part {
  readonly filter: TryFilter;
  readonly up: readonly Stage[];
  readonly down: readonly Stage[];
}

/** Stands for the head of an answer: there is none, and nobody knows how long it will be. */
const NO_HEAD: ResponseHead = {
  minorVersion: 1,
  status: 0,
  reason: '',
  names: [],
  values: [],
  contentLength: -1,
  chunked: false,
  close: false,
  nominated: undefined,
  upgrade: '',
};

export class TunnelFaults implements TryTarget {
  /** All connections are one request to what counts by requests: the first ones of them. */
  readonly requestId = '';
  readonly version: string;
  readonly instance: string;
  /** What is wrong with who it is that connects, or is connected to. */
  identity: IdentityFaultConfig | undefined;
  readonly #options: TunnelFaultsOptions;
  /** In the order in which filters act. */
  #parts: Part[] = [];
  /** Those that have still to be asked. */
  #waiting: TryFilter[] = [];
  /** Those that came while there was no tunnel yet. */
  #late: TryFilter[] = [];
  #host: TunnelFaultsHost | undefined;
  readonly #hold: FaultHold;
  #tunnel: Tunnel | undefined;

  constructor(options: TunnelFaultsOptions) {
    this.#options = options;
    this.version = options.version;
    this.instance = options.instance;
    this.#hold = new FaultHold(options.clock, options.hop, options.breaker, () =>
      this.#host?.onFail('overflow'),
    );
  }

  get hop(): HopDraft {
    return this.#options.hop;
  }

  /** Runs the filters over the connection, one after the other. */
  start(filters: readonly TryFilter[], host: TunnelFaultsHost): void {
    this.#waiting = [...filters];
    this.#host = host;
    this.#run();
  }

  /** What acted on the request that has become a tunnel, and is in its hop already. */
  inherit(shapes: readonly ActingShape[]): void {
    for (const { filter, shape } of shapes) this.#add(filter, shape);
  }

  /** From here on its bytes are shaped. */
  attach(tunnel: Tunnel): void {
    this.#tunnel = tunnel;
    for (const filter of this.#late) if (filter.isOn()) this.#join(filter);
    this.#reshape();
  }

  /** Faults have come or gone. What gone ones did ends at once. */
  onChanged(began: readonly TryFilter[]): void {
    const left = this.#parts.filter(({ filter }) => filter.isOn());
    const hasGone = left.length < this.#parts.length;
    this.#parts = left;
    if (!this.#tunnel) this.#late.push(...began);
    const hasCome = this.#tunnel && began.filter((filter) => this.#join(filter)).length > 0;
    if (hasGone || hasCome) this.#reshape();
    if (this.#hold.isOver) {
      this.#hold.release();
      this.#run();
    }
  }

  /** The connection is over, or will never be. */
  cancel(): void {
    this.#host = undefined;
    this.#hold.end();
  }

  #run(): void {
    for (;;) {
      const filter = this.#waiting.shift();
      if (!filter) return this.#onClear();
      const action = filter.apply(this.#options.request, this);
      if (action && this.#act(filter, action)) return;
    }
  }

  /** What it was held for, it is from here on itself. */
  #onClear(): void {
    this.#hold.end();
    this.#host?.onClear();
  }

  /** Whether the next filter has to wait, or has nothing to wait for. */
  #act(filter: TryFilter, action: Action): boolean {
    switch (action.kind) {
      case 'delay':
        markFault(this.#options.hop, filter);
        this.#delay(filter, action);
        return true;
      case 'silence':
        this.#silence(filter, action.duration);
        return false;
      case 'identity':
        markFault(this.#options.hop, filter);
        this.identity = action.fault;
        return false;
      case 'shape':
        this.#shape(filter, action.shape);
        return false;
      case 'respond':
        // There is no language to answer in.
        markFault(this.#options.hop, filter);
        this.#fail('abort');
        return true;
      case 'fail':
        markFault(this.#options.hop, filter);
        this.#fail(action.code);
        return true;
    }
  }

  /** As long as a connection would take; where that is too long, there is none. */
  #delay(filter: TryFilter, { duration, at }: Extract<Action, { kind: 'delay' }>): void {
    const { connectTimeout } = this.#options;
    const isTooLong = at === 'connect' && duration >= connectTimeout;
    const wait: Wait = { duration: isTooLong ? connectTimeout : duration, as: 'tunnel' };
    this.#hold.start(filter, wait, () => {
      if (isTooLong) this.#fail('connect-failure');
      else this.#run();
    });
  }

  /** Toxiproxy's timeout: there is a connection, and nothing passes. */
  #silence(filter: TryFilter, duration: Milliseconds): void {
    const stages = (): Stage[] => [createTimeout(duration === Infinity ? 0 : duration)];
    this.#shape(filter, { up: stages, down: stages });
  }

  /** Returns whether there was something to shape: a head there is not. */
  #shape(filter: TryFilter, shape: Shape): boolean {
    if (!this.#add(filter, shape)) return false;
    markFault(this.#options.hop, filter);
    return true;
  }

  #add(filter: TryFilter, shape: Shape): boolean {
    const up = shape.up?.() ?? [];
    const down = shape.down?.(NO_HEAD) ?? [];
    if (up.length + down.length === 0) return false;
    this.#parts.push({ filter, up, down });
    this.#parts.sort((one, other) => one.filter.rank - other.filter.rank);
    return true;
  }

  #join(filter: TryFilter): boolean {
    if (this.#parts.some((part) => part.filter === filter)) return false;
    const shape = filter.join(this.#options.request, this);
    return shape !== undefined && this.#shape(filter, shape);
  }

  #fail(code: FailureCode): void {
    this.#hold.end();
    this.#options.hop.flags |= HopFlag.ABORT_INJECTED;
    this.#host?.onFail(code);
  }

  #reshape(): void {
    this.#tunnel?.reshape(
      this.#parts.flatMap(({ up }) => up),
      this.#parts.flatMap(({ down }) => down),
    );
  }
}
