/** What proxies make of the instances that they call: whom they leave out, where they go instead. */
import type { EndpointJudgement } from '../proxy/messages.ts';
import { AvoidedInstances } from './avoided-instances.ts';
import type { Avoidance } from './avoided-instances.ts';
import { FailedOverVersions } from './failed-over.ts';
import type { Failover, FailoverNews } from './failed-over.ts';

export interface JudgementEvents {
  /** Something about an instance has changed: status, address, certificate, who leaves it out. */
  onInstance(id: string): void;
  /** A proxy leaves an instance out, or (undefined) asks it again. */
  onAvoided(by: string, instance: string, avoidance: Avoidance | undefined): void;
  /** A proxy sends requests past its first choice of instances, or does so no more. */
  onFailover(news: FailoverNews): void;
}

export class Judgements {
  readonly #events: JudgementEvents;
  readonly #avoided = new AvoidedInstances();
  readonly #failedOver = new FailedOverVersions();

  constructor(events: JudgementEvents) {
    this.#events = events;
  }

  /** All that a proxy says now. */
  take(by: string, { endpoints, failedOver }: EndpointJudgement): void {
    for (const one of this.#failedOver.set(by, failedOver)) this.#events.onFailover(one);
    for (const { instance, avoidance } of this.#avoided.set(by, endpoints)) {
      this.#events.onAvoided(by, instance, avoidance);
      this.#events.onInstance(instance);
    }
  }

  /** Of a proxy that is gone. */
  forget(by: string): void {
    this.take(by, { endpoints: [], failedOver: [] });
  }

  /** Who leaves an instance out. */
  avoidances(instance: string): Avoidance[] {
    return this.#avoided.of(instance);
  }

  failovers(): Failover[] {
    return this.#failedOver.all();
  }
}
