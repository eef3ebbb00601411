/**
 * A pod, as Kubernetes has it: a sidecar's container that owns the network of an instance, and the
 * workload's container, which joins it.
 */
import type { Wired, PodWiring, ProbeTarget } from '../../pod/messages.ts';
import type { DataPlaneLink } from '../../proxy/messages.ts';
import type { HealthCheck } from '../../spec/mesh.ts';
import type { InstanceSpec } from '../instance.ts';
import type { Address } from '../runtime.ts';

/** Of a listener, by who asks. */
export interface PodAddresses {
  readonly host: Address;
  readonly pod: Address;
}

/** A sidecar that runs, and owns the network of its instance. */
export interface Pod {
  /** For the workload's `HostConfig.NetworkMode`: `container:<id of the sidecar>`. */
  readonly networkMode: string;
  /** The line to the data plane in it. */
  readonly link: DataPlaneLink;
  /** Its inbound listener, as the engine's machine reaches it, and as other pods do. */
  readonly addresses: PodAddresses;
  /** Of its listeners for ports besides the service's first, by port. */
  readonly moreAddresses: Readonly<Record<number, PodAddresses>>;
  /** An address of the engine's machine that the pod's network leads to; absent: there is none. */
  readonly hostAddress?: string;
  /** Lays names and rules: what was laid before is replaced. @throws Error that says why not */
  wire(wiring: PodWiring): Promise<Wired>;
  /**
   * Asks from inside the pod whether the workload is well, at `port` on loopback.
   * @returns undefined: it is; else why not, as the end of a sentence
   */
  probe(check: HealthCheck, port: number): Promise<string | undefined>;
  /** The same of any address that the pod may reach. */
  reach(target: ProbeTarget): Promise<string | undefined>;
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
