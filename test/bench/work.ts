/** What is asked of a hop: every peer is configured for the same. */
export interface Work {
  readonly speaks: 'http' | 'websocket' | 'grpc' | 'tcp';
  /** On the route: each looks at a header of every request, finds it missing and lets it pass. */
  readonly filters: number;
  /** By their prefix, `/route-<i>/`, all to the same service; 0: one for everything. */
  readonly routes: number;
}

export const SMALL_GETS: Work = { speaks: 'http', filters: 0, routes: 0 };

export function filterHeader(index: number): string {
  return `x-filter-${index}`;
}

export function routePrefix(index: number): string {
  return `/route-${index}/`;
}

/** `count` things, made by their index. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
