/**
 * Here every fault draws for itself, so that a request may meet several. A route of Istio has one delay
 * and one abort, and the first route that matches wins: so what several faults have in common becomes a
 * route of its own, before theirs.
 */
import { closeUnder, intersectMatches, matchKey } from '../../../spec/match-algebra.ts';
import type { Fault, Mesh, RequestMatch, Service } from '../../../spec/mesh.ts';
import { unsayable } from '../fault-limits.ts';

export interface FaultRegion {
  readonly match: RequestMatch;
  /** The caller within the mesh; undefined: all. */
  readonly from: string | undefined;
  readonly delay: Fault['delay'];
  readonly abort: Fault['abort'];
}

export type FaultScope = 'mesh' | 'gateway';

type Place = Pick<FaultRegion, 'match' | 'from'>;

/** More routes than this for one service are no use to anybody: then faults are not combined. */
const MOST_REGIONS = 32;

/** It is switched on, and there is a way to say it. */
export function isSayable(fault: Fault): boolean {
  return fault.enabled && unsayable(fault) === '' && (fault.delay ?? fault.abort) !== undefined;
}

/** The enabled faults on calls to the service, from the callers of the scope. */
export function actingFaults(mesh: Mesh, service: Service, scope: FaultScope): Fault[] {
  return mesh.faults.filter(
    (fault) =>
      isSayable(fault) &&
      fault.to === service.name &&
      (fault.from === undefined || (fault.from === 'gateway') === (scope === 'gateway')),
  );
}

/** Where faults act, what several share before what each has alone. */
export function faultRegions(faults: readonly Fault[]): FaultRegion[] {
  const places = faults.map(placeOf);
  const all = closeUnder(places, intersect, keyOf, MOST_REGIONS) ?? places;
  return all
    .map((place) => ({ place, here: faults.filter((fault) => covers(placeOf(fault), place)) }))
    .toSorted((a, b) => b.here.length - a.here.length)
    .map(({ place, here }) => ({ ...place, ...combine(here) }));
}

/** Whether the regions do all that the faults do, but for the drawing. */
export function areExact(faults: readonly Fault[]): boolean {
  const all = closeUnder(faults.map(placeOf), intersect, keyOf, MOST_REGIONS);
  return (
    all?.every((place) => {
      const here = faults.filter((fault) => covers(placeOf(fault), place));
      const delays = here.flatMap(({ delay }) => delay ?? []);
      const aborts = here.flatMap(({ abort }) => abort ?? []);
      const oneDelay = delays.length <= 1 || delays.every(({ percentage }) => percentage === 100);
      return oneDelay && (aborts.length <= 1 || aborts[0]?.percentage === 100);
    }) ?? false
  );
}

/** Delays that always act add up; otherwise the first one stands for all, as does the first abort. */
function combine(faults: readonly Fault[]): Pick<FaultRegion, 'delay' | 'abort'> {
  const delays = faults.flatMap(({ delay }) => delay ?? []);
  const areSure = delays.every(({ percentage }) => percentage === 100);
  const sum = delays.reduce((total, { duration }) => total + duration, 0);
  const delay = areSure && delays.length > 1 ? { duration: sum, percentage: 100 } : delays[0];
  return { delay, abort: faults.find(({ abort }) => abort)?.abort };
}

function placeOf({ match, from }: Fault): Place {
  return { match, from: from === 'gateway' ? undefined : from };
}

function intersect(one: Place, other: Place): Place | undefined {
  const match = intersectMatches(one.match, other.match);
  const from = one.from ?? other.from;
  if (!match || (one.from !== undefined && other.from !== undefined && one.from !== other.from)) {
    return undefined;
  }
  return { match, from };
}

function keyOf({ match, from = '' }: Place): string {
  return `${from} ${matchKey(match)}`;
}

function covers(one: Place, other: Place): boolean {
  const both = intersect(one, other);
  return both !== undefined && keyOf(both) === keyOf(other);
}
