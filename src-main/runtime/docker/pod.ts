/** The sidecar's container, as far as the workload's container beside it needs to know it. */
import type { HealthCheck } from '../../spec/mesh.ts';
import type { InstanceSpec } from '../instance.ts';

/** A sidecar that runs, and owns the network of its instance. */
export interface Pod {
  /** For the workload's `HostConfig.NetworkMode`: `container:<id of the sidecar>`. */
  readonly networkMode: string;
  /**
   * Asks from inside the pod whether the workload is well, at `port` on loopback.
   * @returns undefined: it is; else why not, as the end of a sentence
   */
  probe(check: HealthCheck, port: number): Promise<string | undefined>;
  /** Resolves with the reason once the sidecar has ended without being asked to; never after `remove`. */
  readonly lost: Promise<string>;
  /** Ends the sidecar and removes its container. */
  remove(): Promise<void>;
}

/** Makes pods. */
export interface Pods {
  /** Makes the instance's pod, or another one after the last was lost. @throws Error that says why not */
  create(spec: InstanceSpec): Promise<Pod>;
  /** Removes what all pods share: their network. */
  close(): Promise<void>;
}
