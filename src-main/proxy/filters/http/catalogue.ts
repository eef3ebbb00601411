/**
 * All faults that act on HTTP, in the order in which they act on a try, whatever their order in the
 * document: a delay comes before an abort.
 */
import type { Chance } from '../../../base/chance.ts';
import type { FaultConfig, FaultKind, FaultKindConfigs } from '../../config/fault.ts';
import { createAbort } from './abort.ts';
import { createDelay } from './delay.ts';
import { FaultFilter, chanceOf } from './fault-filter.ts';
import type { FaultEffect, FilterPlace } from './fault-filter.ts';
import { createIdentity } from './identity.ts';
import type { TryFilter } from './filter.ts';

type Makers = {
  readonly [K in FaultKind]: (
    config: NonNullable<FaultKindConfigs[K]>,
    chance: Chance,
  ) => FaultEffect;
};

const FAULTS: Makers = {
  delay: createDelay,
  abort: createAbort,
  identity: createIdentity,
};

const ORDER = Object.keys(FAULTS) as FaultKind[];

/** Filters by the text of their fault's configuration, so that an unchanged one is known again. */
export type KnownFilters = ReadonlyMap<string, TryFilter>;

/**
 * The filters of a route's faults, new ones or, where a fault has not changed, those from before:
 * they go on counting.
 */
export function createFaultFilters(
  faults: readonly FaultConfig[],
  place: FilterPlace,
  before?: KnownFilters,
): KnownFilters {
  const here = faults.filter(
    ({ fromVersion = place.nodeVersion }) => fromVersion === place.nodeVersion,
  );
  const entries = ORDER.flatMap((kind) =>
    here
      .filter((config) => config[kind])
      .map((config): [string, TryFilter] => {
        const text = JSON.stringify([kind, config]);
        return [text, before?.get(text) ?? createFilter(config, kind, place)];
      }),
  );
  return new Map(entries);
}

function createFilter<K extends FaultKind>(
  config: FaultConfig,
  kind: K,
  place: FilterPlace,
): TryFilter {
  const part = config[kind] as NonNullable<FaultKindConfigs[K]>;
  const chance = chanceOf(config, kind, place);
  const effect = FAULTS[kind](part, chance);
  const { percentage } = part;
  return new FaultFilter(config, { percentage, chance, clock: place.clock, effect });
}
