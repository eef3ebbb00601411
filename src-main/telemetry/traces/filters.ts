/** The filters of a hop's route, and which of them made a difference. */
import { HopFlag } from '../../proxy/hop.ts';
import type { Hop } from '../../proxy/hop.ts';
import type { FilterView } from '../trace-view.ts';

/** The flags that tell of what is no fault; of the others nothing is told. */
const FLAGS: Readonly<Record<string, number>> = {
  authorization: HopFlag.DENIED | HopFlag.DENIED_DRY_RUN,
  rateLimits: HopFlag.RATE_LIMITED,
  redirect: HopFlag.DIRECT_RESPONSE,
  directResponse: HopFlag.DIRECT_RESPONSE,
  timeout: HopFlag.TIMEOUT,
  retry: HopFlag.RETRY | HopFlag.RETRIED,
};

/** A fault may have two kinds, each with a share of its own: these tell which of them acted. */
const FAULT_FLAGS: Readonly<Record<string, number>> = {
  delay: HopFlag.DELAY_INJECTED,
  abort: HopFlag.ABORT_INJECTED,
};

export function viewFilters(hop: Hop): FilterView[] {
  if (hop.filters === '') return [];
  return hop.filters.split(',').map((entry) => {
    const [kind = '', name = ''] = entry.split(' ');
    return { kind, name, acted: hasActed(hop, kind, name) };
  });
}

function hasActed({ faults, rule, flags }: Hop, kind: string, name: string): boolean {
  const telling = FLAGS[kind];
  if (telling !== undefined) return (flags & telling) !== 0 && (name === '' || name === rule);
  const flag = FAULT_FLAGS[kind];
  return (
    name !== '' && faults.split(',').includes(name) && (flag === undefined || (flags & flag) !== 0)
  );
}
