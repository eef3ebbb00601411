/**
 * All faults that act on HTTP, in the order in which they act on a try, whatever their order in the
 * document: time passes first, then the try is answered or not, and last is its answer shaped.
 */
import type { Chance } from '../../../base/chance.ts';
import type { FaultConfig, FaultKind, FaultKindConfigs } from '../../config/fault.ts';
import { createAbort } from './abort.ts';
import { createCorrupt } from './corrupt.ts';
import { createDelay } from './delay.ts';
import { FaultFilter, chanceOf } from './fault-filter.ts';
import type { FaultEffect, FilterPlace } from './fault-filter.ts';
import { createIdentity } from './identity.ts';
import type { TryFilter } from './filter.ts';
import { createResponseHeaders } from './response-headers.ts';
import { createSilence } from './silence.ts';
import {
  createBandwidth,
  createLimitData,
  createResetPeer,
  createSlicer,
  createSlowClose,
} from './toxics.ts';
import { createTruncate } from './truncate.ts';
import {
  createConnectionRefused,
  createDown,
  createNameNotFound,
  createPartition,
} from './unreachable.ts';

type Makers = {
  readonly [K in FaultKind]: (
    config: NonNullable<FaultKindConfigs[K]>,
    chance: Chance,
  ) => FaultEffect;
};

const FAULTS: Makers = {
  delay: createDelay,
  partition: createPartition,
  nameNotFound: createNameNotFound,
  connectionRefused: createConnectionRefused,
  down: createDown,
  silence: createSilence,
  abort: createAbort,
  identity: createIdentity,
  responseHeaders: createResponseHeaders,
  corrupt: createCorrupt,
  truncate: createTruncate,
  limitData: createLimitData,
  bandwidth: createBandwidth,
  slicer: createSlicer,
  slowClose: createSlowClose,
  resetPeer: createResetPeer,
};

const ORDER = Object.keys(FAULTS) as FaultKind[];

/** The kind of the fault whose filter has this rank. */
export function faultKindAt(rank: number): FaultKind {
  return ORDER[rank] as FaultKind;
}

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
  const rank = ORDER.indexOf(kind);
  return new FaultFilter(config, { percentage, rank, chance, clock: place.clock, effect });
}
