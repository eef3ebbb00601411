/**
 * The choice of an endpoint for one try: first a priority and a locality of it, by their shares, then
 * one of its endpoints by the cluster's algorithm. Shares are exact, not drawn; with a hash they are
 * parts of what there can be of hashes, so that the same request goes the same way.
 */
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import type { LoadBalancingConfig } from '../config/upstream.ts';
import { WeightedSplit } from '../router/split.ts';
import { availabilityOf } from './availability.ts';
import type { Availability, AvailabilityPolicy, EndpointGroup } from './availability.ts';
import type { Balancer, Tried } from './balance/balancer.ts';
import { createBalancer } from './balance/create.ts';
import { shareOfHash } from './balance/hash.ts';
import type { Warming } from './balance/slow-start.ts';
import type { EndpointState } from './endpoint-state.ts';

interface Chosen extends Warming {
  readonly state: EndpointState;
}

const NOBODY: Availability<never> = { groups: [], priorities: [], flags: 0 };

export class EndpointChoice<T extends Chosen> {
  readonly #config: LoadBalancingConfig | undefined;
  readonly #clock: Clock;
  readonly #chance: Chance;
  /** By the group's key: each goes on with its own turns. */
  readonly #balancers = new Map<string, Balancer<T>>();
  #available: Availability<T> = NOBODY;
  #split: WeightedSplit<EndpointGroup<T>> | undefined;
  #hasServed = false;

  constructor(config: LoadBalancingConfig | undefined, clock: Clock, chance: Chance) {
    this.#config = config;
    this.#clock = clock;
    this.#chance = chance;
  }

  /** How requests are shared out now. */
  get priorities(): Availability<T>['priorities'] {
    return this.#available.priorities;
  }

  /** Whether the first choice has ever been given requests. */
  get hasServed(): boolean {
    return this.#hasServed;
  }

  /** To be told whenever endpoints come, go, or are well or not. */
  judge(pools: readonly T[], policy: AvailabilityPolicy): void {
    const before = this.#available;
    const next = availabilityOf(pools, policy);
    const groups = next.groups.map((group) => keepSame(group, before.groups));
    this.#available = { ...next, groups };
    this.#hasServed ||= (next.priorities[0]?.well ?? 0) > 0;
    // Its turns go on where nothing has changed.
    if (!sameItems(groups, before.groups)) this.#split = splitOf(groups);
  }

  /**
   * Undefined only where there is no endpoint that may be picked.
   * @param avoid where the request has been tried: taken only where there is no other, in any priority
   * @param hash of the request, where the algorithm goes by one
   */
  pick(avoid: Tried<T>, hash: number | undefined): T | undefined {
    const { groups } = this.#available;
    const chosen = hash === undefined ? this.#split?.next() : byHash(groups, hash);
    if (!chosen) return undefined;
    const found = this.#pickOf(chosen, avoid, hash);
    if (!found || !avoid?.has(found) || groups.length === 1) return found;
    for (const group of groups) {
      const other = group === chosen ? undefined : this.#pickOf(group, avoid, hash);
      if (other && !avoid.has(other)) return other;
    }
    return found;
  }

  /** Bits of HopFlag for a try that has picked `endpoint`, or found nobody. */
  flagsOf(endpoint: T | undefined): number {
    const { priorities, flags } = this.#available;
    if (!endpoint) return flags;
    return priorities[endpoint.state.endpoint.priority ?? 0]?.flags ?? flags;
  }

  #pickOf(group: EndpointGroup<T>, avoid: Tried<T>, hash: number | undefined): T | undefined {
    let balancer = this.#balancers.get(group.key);
    if (!balancer) {
      balancer = createBalancer<T>(this.#config, this.#clock, this.#chance);
      this.#balancers.set(group.key, balancer);
    }
    return balancer.pick(group.pools, avoid, hash);
  }
}

/** The group as it was where it is the same, or at least its array of endpoints. */
function keepSame<T>(
  group: EndpointGroup<T>,
  before: readonly EndpointGroup<T>[],
): EndpointGroup<T> {
  const known = before.find(({ key }) => key === group.key);
  if (!known || !sameItems(known.pools, group.pools)) return group;
  return known.share === group.share ? known : { ...group, pools: known.pools };
}

function splitOf<T>(
  groups: readonly EndpointGroup<T>[],
): WeightedSplit<EndpointGroup<T>> | undefined {
  const taken = groups.filter(({ share }) => share > 0);
  if (taken.length === 0) return undefined;
  return new WeightedSplit(taken.map((target) => ({ target, weight: target.share })));
}

/**
 * Where the hash lies in the shares, the first choice's first: as that one's share shrinks, only
 * what it gives away goes elsewhere.
 */
function byHash<T>(
  groups: readonly EndpointGroup<T>[],
  hash: number,
): EndpointGroup<T> | undefined {
  if (groups.length <= 1) return groups[0];
  const sum = groups.reduce((total, { share }) => total + share, 0);
  let left = shareOfHash(hash) * sum;
  for (const group of groups) {
    if (left < group.share) return group;
    left -= group.share;
  }
  return groups.findLast(({ share }) => share > 0);
}

export function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}
