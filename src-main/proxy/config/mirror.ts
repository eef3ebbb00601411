/** Which of a route's requests are sent a second time, for their answers to be compared. */
import type { Percent } from '../../base/units.ts';

export interface MirrorConfig {
  /** Of the requests that go on to the service; exact, unless `random`. */
  readonly percentage: Percent;
  /** Drawn for each request, as Envoy does. */
  readonly random: boolean;
  /** Where shadows go: weights of any positive sum. */
  readonly split: readonly { readonly cluster: string; readonly weight: number }[];
  /** The shadow's host ends in `-shadow` (Envoy's default; else disable_shadow_host_suffix_append). */
  readonly hostSuffix: boolean;
}
