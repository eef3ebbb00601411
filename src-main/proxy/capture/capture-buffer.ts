/** What was captured since the last batch; one for all proxies of a worker. */
import type { Bytes } from '../../base/units.ts';
import type { CapturedExchange, CapturedMessage, Lost } from './captured.ts';

/** Of bodies in one batch: beyond it, whoever captures everything must not fill the memory. */
const MOST_BYTES: Bytes = 8 * 1024 * 1024;
/** Of exchanges in one batch. */
const MOST_EXCHANGES = 2000;

export class CaptureBuffer {
  readonly #send: (exchanges: CapturedExchange[], lost: Lost) => void;
  #exchanges: CapturedExchange[] = [];
  #bytes: Bytes = 0;
  #lost: Record<string, number> = {};

  constructor(send: (exchanges: CapturedExchange[], lost: Lost) => void) {
    this.#send = send;
  }

  /** Beyond what a batch holds it is only counted. */
  add(exchange: CapturedExchange): void {
    if (this.#exchanges.length >= MOST_EXCHANGES) {
      this.#lost[exchange.capture] = (this.#lost[exchange.capture] ?? 0) + 1;
      return;
    }
    const size = exchange.request.body.length + (exchange.response?.body.length ?? 0);
    const fits = this.#bytes + size <= MOST_BYTES;
    if (fits) this.#bytes += size;
    this.#exchanges.push(fits ? exchange : withoutBodies(exchange));
  }

  /** Sends what is at hand; nothing where there is nothing. */
  flush(): void {
    if (this.#exchanges.length === 0) return;
    const exchanges = this.#exchanges;
    const lost = this.#lost;
    this.#exchanges = [];
    this.#bytes = 0;
    this.#lost = {};
    this.#send(exchanges, lost);
  }
}

function withoutBodies(exchange: CapturedExchange): CapturedExchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    request: bodiless(request),
    ...(response && { response: bodiless(response) }),
    isBodiless: true,
  };
}

function bodiless<T extends CapturedMessage>(message: T): T {
  return { ...message, body: new Uint8Array(0) };
}
