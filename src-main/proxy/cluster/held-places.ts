/**
 * Places in a circuit breaker for what a fault holds back: to the breaker it is something that the
 * service keeps waiting, so that an injected delay fills it as a slow service would.
 */
import type { CircuitBreaker } from './circuit-breaker.ts';
import { tooManyConnections, tooManyPending, tooManyRequests } from './overflow.ts';

/**
 * What is held: a connection that is being opened; a request, on a connection of its own or a stream
 * of one; a connection of bytes.
 */
export type HeldAs = 'connecting' | 'http/1.1' | 'h2' | 'tunnel';

/** One of the two is called, once, unless the place is left before. */
export interface Holder {
  /** At once, or when a connection is free. */
  onPlace(): void;
  /** There is none. `detail`: what is full. */
  onOverflow(detail: string): void;
}

export interface HeldPlace {
  /** May be called again. */
  leave(): void;
}

export class HeldPlaces {
  readonly #breaker: CircuitBreaker;
  /** Called when a connection is free; they count as pending until then. */
  readonly #waiting: (() => void)[] = [];

  constructor(breaker: CircuitBreaker) {
    this.#breaker = breaker;
  }

  take(as: HeldAs, holder: Holder): HeldPlace {
    const breaker = this.#breaker;
    if (as === 'http/1.1' && !this.#mayUse) return this.#wait(holder);
    if (as === 'tunnel') {
      if (!breaker.mayConnect) return refused(holder, tooManyConnections(breaker));
      return this.#enter('connections', holder);
    }
    if (as === 'connecting') {
      if (!breaker.mayWait) return refused(holder, tooManyPending(breaker));
      return this.#enter('pending', holder);
    }
    if (!breaker.mayRequest) return refused(holder, tooManyRequests(breaker));
    return this.#enter('requests', holder);
  }

  /** A request has ended, or the limits are others. */
  onRoom(): void {
    // Later: the place of one whose time is over is for its own request first.
    if (this.#waiting.length > 0) queueMicrotask(() => this.#admit());
  }

  /** HTTP/1.1 has one request for each connection. */
  get #mayUse(): boolean {
    return this.#breaker.requests < this.#breaker.limits.maxConnections;
  }

  #enter(count: 'connections' | 'pending' | 'requests', holder: Holder): HeldPlace {
    const breaker = this.#breaker;
    let left = false;
    breaker[count]++;
    holder.onPlace();
    return {
      leave() {
        if (!left) breaker[count]--;
        left = true;
      },
    };
  }

  #wait(holder: Holder): HeldPlace {
    const breaker = this.#breaker;
    if (!breaker.mayWait) return refused(holder, tooManyPending(breaker));
    let place: HeldPlace | undefined;
    const waiting = (): void => void (place = this.take('http/1.1', holder));
    breaker.pending++;
    this.#waiting.push(waiting);
    return {
      leave: () => {
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) {
          this.#waiting.splice(at, 1);
          breaker.pending--;
        }
        place?.leave();
      },
    };
  }

  #admit(): void {
    while (this.#mayUse) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#breaker.pending--;
      next();
    }
  }
}

function refused(holder: Holder, detail: string): HeldPlace {
  holder.onOverflow(detail);
  return { leave: () => undefined };
}
