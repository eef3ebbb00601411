/** The pod of one instance: made when it is wanted, and anew after it was lost. */
import type { InstanceSpec } from '../instance.ts';
import type { RuntimeEvents } from '../runtime.ts';
import type { EngineConnection } from './connection.ts';
import type { Pod, Pods } from './pod.ts';

/** What is told of an instance that is a container, besides what is told of all. */
export interface PodEvents extends RuntimeEvents {
  /**
   * The sidecar of an instance runs in this pod, beside a workload that is to listen at `port`. Resolves
   * when it has its configuration, and names and rules are laid: the workload may be started then.
   * @throws Error that says why it has not
   */
  onPod(id: string, pod: Pod, port: number): Promise<void>;
  /** The pod is gone, or about to be. */
  onPodGone(id: string): void;
}

export interface PodHolderOptions {
  readonly pods: Pods;
  readonly events: PodEvents;
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
    const made = this.#options.pods.create(this.#spec);
    this.#making = made;
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
    const { connection, events } = this.#options;
    const making = this.#making;
    this.#making = undefined;
    this.#current = undefined;
    // One that could not be made leaves nothing.
    const pod = await making?.catch(() => undefined);
    if (!pod) return;
    events.onPodGone(this.#spec.id);
    // Without an engine it stays for the next clean-up.
    if (!connection.isLost) await pod.remove();
  }

  #onMade(made: Promise<Pod>, pod: Pod): void {
    if (this.#making === made) this.#current = pod;
    void pod.lost.then((reason) => {
      this.#forget(made);
      if (this.#current !== pod) return;
      this.#current = undefined;
      this.#options.events.onPodGone(this.#spec.id);
      this.#options.onLost(reason);
    });
  }

  #forget(made: Promise<Pod>): void {
    if (this.#making === made) this.#making = undefined;
  }
}
