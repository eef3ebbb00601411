/**
 * The built-in source of traffic. An open model: visitors come at their rate whether or not the ones
 * before have been served, as people do; only a bound keeps a dead mesh from piling them up.
 */
import { Agent, request } from 'node:http';
import { ExactShare } from '../base/chance.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Visitors as VisitorsConfig } from '../spec/mesh.ts';

/** Visitors on their way at once; who comes then turns round at the door. */
const MOST_JOURNEYS = 500;
/** A visitor's patience for one answer, in milliseconds. */
const PATIENCE = 30_000;
/** Coming and going is decided this often, in milliseconds. */
const STEP = 50;

type Step = VisitorsConfig['requests'][number] & { readonly taken: ExactShare };

export class Visitors {
  readonly #clock: Clock;
  readonly #gatewayUrl: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #steps: Step[] = [];
  #config: VisitorsConfig | undefined;
  #timer: Timer | undefined;
  /** Visitors that are due, in fractions. */
  #due = 0;
  #last = 0;
  #journeys = 0;
  #count = 0;

  constructor(gatewayUrl: string, clock: Clock) {
    this.#gatewayUrl = gatewayUrl;
    this.#clock = clock;
  }

  /** Applies at once; journeys that are under way end as they began. */
  configure(config: VisitorsConfig | undefined): void {
    if (JSON.stringify(config?.requests) !== JSON.stringify(this.#config?.requests)) {
      this.#steps = (config?.requests ?? []).map((step) => ({
        ...step,
        taken: new ExactShare(step.share),
      }));
    }
    this.#config = config;
    const wanted = config !== undefined && config.enabled && config.rate > 0;
    if (wanted && !this.#timer) this.#begin();
    if (!wanted) this.#end();
  }

  close(): void {
    this.#end();
    this.#agent.destroy();
  }

  #begin(): void {
    this.#last = this.#clock.now();
    this.#due = 1;
    this.#next();
  }

  #end(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #next(): void {
    const now = this.#clock.now();
    this.#due += ((now - this.#last) / 1000) * (this.#config?.rate ?? 0);
    this.#last = now;
    while (this.#due >= 1) {
      this.#due--;
      if (this.#journeys < MOST_JOURNEYS) void this.#journey();
    }
    this.#timer = this.#clock.after(STEP, () => this.#next());
  }

  async #journey(): Promise<void> {
    this.#journeys++;
    const session = `visitor-${++this.#count % 1000}`;
    const steps = this.#steps.filter(({ taken }) => taken.take());
    try {
      for (const step of steps) await this.#send(step, session);
    } finally {
      this.#journeys--;
    }
  }

  /** What becomes of a request is seen by the proxies; the visitor only waits until it is over. */
  #send(step: Step, session: string): Promise<void> {
    return new Promise((resolve) => {
      const url = new URL(step.path, this.#gatewayUrl);
      const headers = {
        'user-agent': 'faultline-visitors',
        'x-session': session,
        ...(step.body !== undefined && { 'content-length': String(Buffer.byteLength(step.body)) }),
        ...step.headers,
      };
      const sent = request(url, {
        method: step.method,
        headers,
        agent: this.#agent,
        timeout: PATIENCE,
      });
      sent.on('response', (response) => response.resume());
      sent.on('timeout', () => sent.destroy());
      sent.on('error', () => undefined);
      sent.on('close', resolve);
      sent.end(step.body);
    });
  }
}
