/** The delay fault: holds a try back before it goes upstream (Envoy: HTTP fault filter, delay). */
import type { FaultConfig } from '../../config.ts';
import { HopFlag } from '../../hop.ts';
import type { Matcher } from '../../router/match.ts';
import type { Action, TryFilter } from './filter.ts';
import type { Share } from './share.ts';

export function createDelay(config: FaultConfig, matches: Matcher, share: Share): TryFilter {
  const action: Action = {
    kind: 'delay',
    duration: config.delay?.duration ?? 0,
    fault: config.name,
    flag: HopFlag.DELAY_INJECTED,
  };
  return { apply: (request) => (matches(request) && share.take() ? action : undefined) };
}
