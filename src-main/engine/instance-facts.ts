import type { Leaf } from '../identity/leaf.ts';
import type { InstanceSpec } from '../runtime/instance.ts';
import type { InstanceReport } from '../runtime/runtime.ts';
import type { Avoidance } from './avoided-instances.ts';

/** What is known of an instance beside its report. */
export interface InstanceFacts {
  readonly spec: InstanceSpec;
  readonly report: InstanceReport | undefined;
  readonly inbound: string | undefined;
  readonly leaf: Leaf;
  /** By proxies that send nothing to it. */
  readonly avoided: readonly Avoidance[];
}
