/**
 * Here the first match wins. In Gateway API the most special one does, whatever its place: the longest
 * path, then a method, then the most headers. So what two rules have in common becomes a rule of its
 * own, which is more special than both, and goes where the first of them says.
 */
import {
  closeUnder,
  intersectMatches,
  matchCovers,
  matchKey,
} from '../../../spec/match-algebra.ts';
import type { RequestMatch } from '../../../spec/mesh.ts';
import { reachable } from '../ways.ts';
import type { Way } from '../ways.ts';

/** More than this is no use to anybody: then the order is left to Gateway API. */
const MOST_RULES = 128;

/** Undefined where it would take too many rules. */
export function rulesBySpecificity(ordered: readonly Way[]): Way[] | undefined {
  const ways = reachable(ordered);
  const matches = ways.map(({ match }) => match);
  const all = closeUnder(matches, intersectMatches, matchKey, MOST_RULES);
  if (!all) return undefined;
  const given = new Set(matches.map(matchKey));
  const derived = all
    .filter((match) => !given.has(matchKey(match)))
    .toSorted(bySpecificity)
    .map((match): Way => ({ ...firstFor(ways, match), match }));
  // The least special ones decide first which of the others still have something to say.
  const needed = derived.toReversed().reduce<Way[]>((kept, way) => {
    const winner = winnerFor([...kept, ...ways], way.match);
    return winner && leadsTo(winner) === leadsTo(way) ? kept : [way, ...kept];
  }, []);
  return [...needed, ...ways];
}

/** Who gets the requests here. */
function firstFor(ways: readonly Way[], match: RequestMatch): Way {
  return ways.find((way) => matchCovers(way.match, match)) as Way;
}

/** Who gets them there; undefined where two are alike and lead elsewhere. */
function winnerFor(ways: readonly Way[], match: RequestMatch): Way | undefined {
  const [best, ...others] = ways
    .filter((way) => matchCovers(way.match, match))
    .toSorted((a, b) => bySpecificity(a.match, b.match));
  if (!best) return undefined;
  const rivals = others.filter((other) => bySpecificity(best.match, other.match) === 0);
  return rivals.every((rival) => leadsTo(rival) === leadsTo(best)) ? best : undefined;
}

function leadsTo({ service, version = '', policy }: Way): string {
  return `${service.name} ${version} ${JSON.stringify(policy)}`;
}

/** The most special first, as HTTPRouteRule.matches of the specification orders them. */
function bySpecificity(a: RequestMatch, b: RequestMatch): number {
  const length = ({ path = '/' }: RequestMatch): number => path.replace(/\/+$/, '').length;
  const method = (one: RequestMatch): number => (one.method === undefined ? 0 : 1);
  const headers = (one: RequestMatch): number => Object.keys(one.headers ?? {}).length;
  return length(b) - length(a) || method(b) - method(a) || headers(b) - headers(a);
}
