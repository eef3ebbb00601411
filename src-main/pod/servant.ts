/** What the program in a pod does beside its data plane: names, rules, and questions to the workload. */
import { writeNames } from './hosts-file.ts';
import type { FromPod, PodWiring, ToPod, Wired } from './messages.ts';
import { probe } from './probe.ts';
import type { Redirector } from './redirect/redirector.ts';

export interface ServantOptions {
  readonly redirector: Pick<Redirector, 'lay'>;
  /** The file of names that the pod's containers share. */
  readonly hostsFile: string;
  send(message: FromPod): void;
}

type Order = Extract<ToPod, { type: 'wire' | 'probe' }>;

export class Servant {
  readonly #options: ServantOptions;
  #wiring: Promise<unknown> = Promise.resolve();

  constructor(options: ServantOptions) {
    this.#options = options;
  }

  async handle(order: Order): Promise<void> {
    const { send } = this.#options;
    if (order.type === 'wire') return this.#wire(order.id, order.wiring);
    const failure = await probe(order.target);
    send({ type: 'probed', id: order.id, ...(failure !== undefined && { failure }) });
  }

  /** One after the other: what comes last holds. */
  async #wire(id: number, wiring: PodWiring): Promise<void> {
    const { send } = this.#options;
    const laid = this.#wiring.then(() => this.#lay(wiring));
    this.#wiring = laid.catch(() => undefined);
    try {
      send({ type: 'wired', id, ...(await laid) });
    } catch (error) {
      send({ type: 'failed', id, reason: (error as Error).message });
    }
  }

  /** Names last: one that can be looked up leads somewhere. */
  async #lay(wiring: PodWiring): Promise<Wired> {
    const wired = await this.#options.redirector.lay(wiring);
    await writeNames(this.#options.hostsFile, wiring.names);
    return wired;
  }
}
