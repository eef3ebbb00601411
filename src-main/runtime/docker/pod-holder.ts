/** The pod of one instance: made when it is wanted, and anew after it was lost. */
import type { InstanceSpec } from '../instance.ts';
import type { RuntimeEvents } from '../runtime.ts';
import type { EngineConnection } from './connection.ts';
import type { Pod, Pods } from './pod.ts';

export interface PodHolderOptions {
  readonly pods: Pods;
  readonly events: Pick<RuntimeEvents, 'onPod' | 'onPodGone'>;
  readonly connection: EngineConnection;
  /** The sidecar has ended by itself. */
  onLost(reason: string): void;
}

export class PodHolder {
  readonly #spec: InstanceSpec;
  readonly #options: PodHolderOptions;
  #making: Promise<Pod> | undefined;
  #current: Pod | undefined;
  #wired: Pod | undefined;
  #removing: Promise<void> = Promise.resolve();

  constructor(spec: InstanceSpec, options: PodHolderOptions) {
    this.#spec = spec;
    this.#options = options;
  }

  /** The one that runs. */
  get current(): Pod | undefined {
    return this.#current;
  }

  /** Made once, and again after it was lost or could not be made. @throws Error that says why not */
  ensure(): Promise<Pod> {
    if (this.#making) return this.#making;
    const { connection, pods } = this.#options;
    // What is left of a lost one has its name.
    const made = this.#removing.then(() => pods.create(this.#spec));
    this.#making = made;
    const forgetLost = connection.onLost(() => {
      forgetLost();
      if (!this.#current) this.#forget(made);
    });
    made.then(
      (pod) => this.#onMade(made, pod),
      () => this.#forget(made),
    );
    return made;
  }

  /** Whether its sidecar has its configuration. */
  isWired(pod: Pod): boolean {
    return this.#wired === pod;
  }

  /** @throws Error that says why its sidecar has none */
  async wire(pod: Pod, port: number): Promise<void> {
    await this.#options.events.onPod(this.#spec.id, pod, port);
    this.#wired = pod;
  }

  /** Also one that is only being made. */
  async remove(): Promise<void> {
    const { events } = this.#options;
    const making = this.#making;
    this.#making = undefined;
    this.#current = undefined;
    // One that could not be made leaves nothing, and one that is only being made leaves it to the
    // next clean-up where the engine goes away: it would be waited for in vain.
    const pod = await Promise.race([making?.catch(() => undefined), this.#engineLost()]);
    if (!pod) return;
    events.onPodGone(this.#spec.id);
    await this.#discard(pod);
  }

  /** Without an engine it stays for the next clean-up. */
  async #discard(pod: Pod): Promise<void> {
    if (this.#options.connection.isLost) return;
    // Where it cannot be removed, the next one cannot be made, and says why.
    await Promise.race([pod.remove().catch(() => undefined), this.#engineLost()]);
  }

  #engineLost(): Promise<undefined> {
    const { connection } = this.#options;
    if (connection.isLost) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const forget = connection.onLost(() => {
        forget();
        resolve(undefined);
      });
    });
  }

  #onMade(made: Promise<Pod>, pod: Pod): void {
    if (this.#making === made) this.#current = pod;
    void pod.lost.then((reason) => {
      this.#forget(made);
      if (this.#current !== pod) return;
      this.#current = undefined;
      this.#options.events.onPodGone(this.#spec.id);
      this.#removing = this.#discard(pod);
      this.#options.onLost(reason);
    });
  }

  #forget(made: Promise<Pod>): void {
    if (this.#making === made) this.#making = undefined;
  }
}
