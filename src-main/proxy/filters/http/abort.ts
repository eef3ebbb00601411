/** The abort fault: answers a try instead of the service (Envoy: HTTP fault filter, abort). */
import type { FaultConfig } from '../../config.ts';
import { HopFlag } from '../../hop.ts';
import type { Matcher } from '../../router/match.ts';
import type { Action, TryFilter } from './filter.ts';
import type { Share } from './share.ts';

export function createAbort(config: FaultConfig, matches: Matcher, share: Share): TryFilter {
  const action: Action = {
    kind: 'respond',
    status: config.abort?.status ?? 503,
    fault: config.name,
    flag: HopFlag.ABORT_INJECTED,
  };
  return { apply: (request) => (matches(request) && share.take() ? action : undefined) };
}
