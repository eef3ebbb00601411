/** Several edges as one: rates add up, shares are weighed by them, percentiles are the worst. */
import type { Badge, EdgeState, Figures } from '../../../src-main/api/contract/index.ts';

export interface Totals {
  readonly rate: number;
  readonly errorShare: number;
  /** Without what was injected. */
  readonly realErrorShare: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export function totalOf(edges: readonly Figures[]): Totals {
  const rate = edges.reduce((sum, edge) => sum + edge.rate, 0);
  const share = (of: (edge: Figures) => number): number =>
    rate === 0 ? 0 : edges.reduce((sum, edge) => sum + edge.rate * of(edge), 0) / rate;
  const worst = (key: 'p50' | 'p95' | 'p99'): number =>
    Math.max(0, ...edges.map((edge) => edge[key]));
  return {
    rate,
    errorShare: share(({ errorShare }) => errorShare),
    realErrorShare: share(realErrors),
    p50: worst('p50'),
    p95: worst('p95'),
    p99: worst('p99'),
  };
}

/** An injected failure is never taken for a real one. */
export function realErrors({
  errorShare,
  injectedErrorShare,
}: Pick<EdgeState, 'errorShare' | 'injectedErrorShare'>): number {
  return Math.max(0, errorShare - injectedErrorShare);
}

const SHARES = [
  ...(['errorShare', 'injectedErrorShare', 'injectedShare'] as const),
  ...(['clientErrorShare', 'grpcErrorShare'] as const),
];
const OUTCOMES = ['ok', 'clientError', 'failed', 'injected'] as const;

/** What flows from one group to another, as an edge of its own; undefined where nothing does. */
export function mergeEdges(
  from: string,
  to: string,
  edges: readonly EdgeState[],
): EdgeState | undefined {
  const [first, second] = edges;
  if (!first) return undefined;
  if (!second) return { ...first, from, to };
  const totals = totalOf(edges);
  const shares = SHARES.map((key) => [
    key,
    totals.rate === 0
      ? 0
      : edges.reduce((sum, edge) => sum + edge.rate * edge[key], 0) / totals.rate,
  ]);
  const flow = OUTCOMES.map((key) => [key, edges.reduce((sum, edge) => sum + edge.flow[key], 0)]);
  const protocols = [...new Set(edges.map(({ protocol }) => protocol))];
  return {
    ...first,
    ...{ from, to, rate: totals.rate, p50: totals.p50, p95: totals.p95, p99: totals.p99 },
    ...(Object.fromEntries(shares) as Pick<EdgeState, (typeof SHARES)[number]>),
    flow: Object.fromEntries(flow) as EdgeState['flow'],
    retryRate: edges.reduce((sum, edge) => sum + edge.retryRate, 0),
    open: edges.reduce((sum, edge) => sum + edge.open, 0),
    mtls: edges.every(({ mtls }) => mtls),
    protocol: protocols.length === 1 ? (protocols[0] ?? '') : 'mixed',
    badges: mergeBadges(edges.flatMap(({ badges }) => badges)),
    versions: {},
  };
}

/** Requests per second that are sent over it a second time; 0: none. In no other figure of it. */
export function mirroredRate({ badges }: Pick<EdgeState, 'badges'>): number {
  return badges.find(({ kind }) => kind === 'mirror')?.rate ?? 0;
}

/** One of each kind. */
export function mergeBadges(badges: readonly Badge[]): Badge[] {
  const kinds = new Map<string, Badge>();
  for (const badge of badges) {
    const known = kinds.get(badge.kind);
    kinds.set(badge.kind, {
      kind: badge.kind,
      rate: badge.rate + (known?.rate ?? 0),
      names: [...new Set([...(known?.names ?? []), ...badge.names])],
    });
  }
  return [...kinds.values()];
}
