/** What all faults have in common: whom they are for, how many of them, and when. */
import { seedOf, seededChance } from '../../../base/chance.ts';
import type { Chance } from '../../../base/chance.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Milliseconds, Percent } from '../../../base/units.ts';
import type { FaultConfig, FaultKind } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import { compileMatch } from '../../router/match.ts';
import type { Matcher, RequestView } from '../../router/match.ts';
import { isActive, nextChange } from './active.ts';
import type { Action, Shape, TryFilter, TryTarget } from './filter.ts';
import { createSequence } from './sequence.ts';
import type { Sequence } from './sequence.ts';
import { createShare } from './share.ts';
import type { Share } from './share.ts';

/** What one kind of fault does with the tries that it is for. */
export interface FaultEffect {
  /** Bits of HopFlag. */
  readonly flags: number;
  act(): Action;
  /** What it does to a try that is under way; absent: nothing. */
  join?(): Shape;
}

/** The effect of a fault that shapes what it lets through, also what is under way already. */
export function shaping(shape: Shape, flags: number = HopFlag.FAULT_INJECTED): FaultEffect {
  return { flags, act: () => ({ kind: 'shape', shape }), join: () => shape };
}

/** Where a filter runs. */
export interface FilterPlace {
  readonly clock: Clock;
  readonly chance: Chance;
  /** Of the proxy: its node's id and version. */
  readonly node: string;
  readonly nodeVersion: string;
  /** The route's name. */
  readonly route: string;
}

/** A generator of the fault's own, so that neither other faults nor other proxies change its row. */
export function chanceOf(config: FaultConfig, kind: FaultKind, place: FilterPlace): Chance {
  if (config.seed === undefined) return place.chance;
  const { node, route } = place;
  return seededChance(seedOf(JSON.stringify([config.seed, node, route, config.name, kind])));
}

/**
 * Draws among these are evenly spread: so a fault takes its share of each version's requests, of
 * retries, and of what other faults have taken, as if each one tossed a coin.
 */
function drawnAlike({ version, hop: { attempt, faults } }: TryTarget): string {
  return `${version} ${attempt > 0 ? 'again' : 'first'} ${faults}`;
}

export class FaultFilter implements TryFilter {
  readonly name: string;
  readonly flags: number;
  readonly rank: number;
  readonly needsInstance: boolean;
  readonly #config: FaultConfig;
  readonly #clock: Clock;
  readonly #matches: Matcher;
  readonly #sequence: Sequence | undefined;
  readonly #share: Share;
  readonly #effect: FaultEffect;
  #stopped = false;

  constructor(
    config: FaultConfig,
    given: {
      percentage: Percent;
      rank: number;
      chance: Chance;
      clock: Clock;
      effect: FaultEffect;
    },
  ) {
    this.#config = config;
    this.name = config.name;
    this.flags = given.effect.flags;
    this.rank = given.rank;
    this.needsInstance = config.instance !== undefined;
    this.#clock = given.clock;
    this.#matches = compileMatch(config.match);
    this.#sequence = createSequence(config.sequence);
    this.#share = createShare(given.percentage, config.random, given.chance);
    this.#effect = given.effect;
  }

  apply(request: RequestView, target: TryTarget): Action | undefined {
    return this.#takes(request, target) ? this.#effect.act() : undefined;
  }

  join(request: RequestView, target: TryTarget): Shape | undefined {
    const { join } = this.#effect;
    return join && this.#takes(request, target) ? join() : undefined;
  }

  isOn(): boolean {
    const { active } = this.#config;
    return !this.#stopped && (!active || isActive(active, this.#clock.wall()));
  }

  nextChange(): Milliseconds {
    const { active } = this.#config;
    return this.#stopped || !active ? Infinity : nextChange(active, this.#clock.wall());
  }

  stop(): void {
    this.#stopped = true;
  }

  #takes(request: RequestView, target: TryTarget): boolean {
    const { toVersion, instance, stacking } = this.#config;
    if (!this.isOn()) return false;
    if (stacking === 'remainder' && target.hop.faults !== '') return false;
    if (toVersion !== undefined && toVersion !== target.version) return false;
    if (instance !== undefined && instance !== target.instance) return false;
    if (!this.#matches(request)) return false;
    if (this.#sequence && !this.#sequence.take(request, target)) return false;
    return this.#share.take(drawnAlike(target));
  }
}
