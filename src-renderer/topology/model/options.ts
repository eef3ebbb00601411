/** How the graph is looked at. Nothing of it reaches the engine. Pure. */
import type { EdgeState } from '../../../src-main/api/contract/index.ts';
import { formatMsShort, formatShareShort } from '../../ui/format.ts';

/** What stands on an edge below its rate. */
export const METRICS = ['p50', 'p95', 'p99', 'errors'] as const;
export type Metric = (typeof METRICS)[number];

export interface Filter {
  /** Services and edges that are degraded or failing, and their neighbours. */
  readonly unwell: boolean;
  /** Those that a fault or a policy acts on. */
  readonly marked: boolean;
  readonly hideIdle: boolean;
  /** Requests per second; 0: all. */
  readonly leastRate: number;
  /** As an edge's `protocol`; empty: all. */
  readonly protocol: string;
}

export interface GraphSettings {
  readonly metric: Metric;
  readonly filter: Filter;
  /** Key of a label; empty: no groups; absent: as suits the mesh. */
  readonly groupBy?: string;
  /** Names of groups that are drawn as one node; absent: as suits the mesh. */
  readonly collapsed?: readonly string[];
  /** Only what is searched for is laid out, with its neighbours; absent: as suits the mesh. */
  readonly focus?: boolean;
  /** Absent: as suits the mesh. */
  readonly table?: boolean;
  /** Somebody has read why not all of a huge mesh is drawn. */
  readonly knowsWhy: boolean;
}

export const NO_FILTER: Filter = {
  unwell: false,
  marked: false,
  hideIdle: false,
  leastRate: 0,
  protocol: '',
};

export const DEFAULT_SETTINGS: GraphSettings = {
  metric: 'p95',
  filter: NO_FILTER,
  knowsWhy: false,
};

export function metricText(
  edge: Pick<EdgeState, 'errorShare' | 'p50' | 'p95' | 'p99'>,
  metric: Metric,
): string {
  return metric === 'errors'
    ? `${formatShareShort(edge.errorShare)} err`
    : formatMsShort(edge[metric]);
}

/** What was stored, as far as it still makes sense. */
export function readSettings(text: string | null): GraphSettings {
  if (text === null) return DEFAULT_SETTINGS;
  try {
    const stored = JSON.parse(text) as Partial<GraphSettings>;
    return { ...DEFAULT_SETTINGS, ...stored, filter: { ...NO_FILTER, ...stored.filter } };
  } catch {
    return DEFAULT_SETTINGS; // Not ours: as at the first start.
  }
}

export function isFiltering({ unwell, marked, hideIdle, leastRate, protocol }: Filter): boolean {
  return unwell || marked || hideIdle || leastRate > 0 || protocol !== '';
}
