/** A mesh that nobody runs: its state, and figures for it as an engine would tell them. */
import type {
  Delta,
  EdgeState,
  Figures,
  InstanceState,
  Mesh,
  RequestSummary,
  State,
} from '../../../src-main/api/contract/index.ts';
import type { Chance } from '../../../src-main/base/chance.ts';
import { sampleState } from '../../support/state.ts';
import { readMesh } from '../../../src-main/spec/document/read.ts';

/** Four times a second, as the engine. */
export const TICK = 250;
const TICKS_PER_SECOND = 1000 / TICK;
/** Requests of which a tick tells, as the engine does. */
const TOLD = 25;
/** What a request goes through, as far as its line tells. */
const HOPS = 8;

/** An edge with its share of the traffic. */
interface Flow {
  readonly from: string;
  readonly to: string;
  /** Of all requests, 0 to 1. */
  readonly share: number;
  /** Of its answers, 0 to 1. */
  readonly failed: number;
  readonly p50: number;
  /** What is due and was not told yet, in requests. */
  due: number;
}

/** @throws Error where the document has errors */
export function meshOf(text: string): { mesh: Mesh; content: Record<string, unknown> } {
  const read = readMesh(text, { file: 'faultline.yaml', folder: '/' });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return { mesh: read.mesh, content: { ...read.content } };
}

/** All instances ready, nothing has flowed yet. */
export function stateOf(text: string, path: string): State {
  const { mesh, content } = meshOf(text);
  const instances = mesh.services.flatMap((service) =>
    service.versions.map((version): [string, InstanceState] => {
      const id = `${service.name}-${version.name}-0`;
      const of = { id, service: service.name, version: version.name };
      return [id, { ...of, runtime: 'stub', status: 'ready', restarts: 0 }];
    }),
  );
  return {
    ...sampleState(),
    document: { ...sampleState().document, path, text, mesh, content },
    instances: Object.fromEntries(instances),
  };
}

export class Feed {
  readonly #flows: readonly Flow[];
  readonly #chance: Chance;
  /** Requests per second over all edges; 0: nothing flows. */
  rate: number;
  /** Requests per second that the next ticks tell of the first edge, whatever flows. */
  told: number | undefined;
  #nextRequest = 1;

  constructor(mesh: Mesh, rate: number, chance: Chance) {
    this.rate = rate;
    this.#chance = chance;
    const pairs = [
      ...mesh.gateway.routes.map(({ service }) => ['gateway', service] as const),
      ...mesh.services.flatMap(({ name, calls }) => calls.map((to) => [name, to] as const)),
    ];
    const weights = pairs.map(() => 0.2 + chance.next() ** 3 * 5);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#flows = pairs.map(([from, to], i) => ({
      ...{ from, to, share: (weights[i] ?? 0) / total, due: chance.next() },
      failed: chance.next() < 0.08 ? 0.02 : 0,
      p50: 2 + chance.next() ** 2 * 60,
    }));
  }

  /** The first edge's ends: the one that `told` speaks of. */
  get first(): { readonly from: string; readonly to: string } {
    const [first] = this.#flows;
    if (!first) throw new Error('the mesh has no edges');
    return first;
  }

  /** `at`: milliseconds since 1970. */
  tick(at: number): Delta[] {
    const edges = this.#flows.flatMap((flow, i) => this.#edge(flow, i === 0) ?? []);
    const deltas: Delta[] = [{ kind: 'tick', at, edges, nodes: [] }];
    if (this.rate > 0) {
      const items = Array.from({ length: TOLD }, () => this.#request(at));
      const ended = Math.round(this.rate / TICKS_PER_SECOND / HOPS);
      const skipped = Math.max(0, ended - TOLD);
      deltas.push({ kind: 'requests', items, skipped, removed: [] });
    }
    return deltas;
  }

  #edge(flow: Flow, isFirst: boolean): EdgeState | undefined {
    const { from, to } = flow;
    const told = isFirst ? this.told : undefined;
    const mean = told ?? this.rate * flow.share;
    if (mean === 0) return undefined;
    flow.due += (this.rate * flow.share * (0.8 + 0.4 * this.#chance.next())) / TICKS_PER_SECOND;
    const ended = Math.floor(flow.due);
    flow.due -= ended;
    const rate = told ?? mean * (0.95 + 0.1 * this.#chance.next());
    const figures = this.#figures(flow, rate, ended);
    return {
      ...figures,
      ...{ from, to, mtls: true, protocol: 'http/1.1', open: 0 },
      badges: flow.failed > 0 ? [{ kind: 'retry', rate: rate * flow.failed, names: [] }] : [],
      versions: { v1: figures },
    };
  }

  #figures({ failed, p50 }: Flow, rate: number, ended: number): Figures {
    const jitter = 0.9 + 0.2 * this.#chance.next();
    const bad = this.#chance.next() < failed * ended ? 1 : 0;
    return {
      ...{ rate, errorShare: failed, injectedErrorShare: 0, injectedShare: 0 },
      ...{ clientErrorShare: 0, grpcErrorShare: 0, retryRate: 0 },
      ...{ p50: p50 * jitter, p95: p50 * jitter * 2.4, p99: p50 * jitter * 4 },
      flow: { ok: Math.max(0, ended - bad), clientError: 0, failed: bad, injected: 0 },
    };
  }

  #request(at: number): RequestSummary {
    const id = this.#nextRequest++;
    const { to } = this.first;
    const hex = (length: number): string => id.toString(16).padStart(length, '0');
    return {
      ...{ id, traceId: hex(32), spanId: hex(16), start: at - 40, from: 'gateway', to },
      ...{ method: 'GET', path: `/items/${id % 500}`, status: 200, grpcStatus: -1, failure: '' },
      ...{ failed: false, duration: 10 + this.#chance.next() * 60, hops: HOPS, services: [to] },
      ...{ failedInside: false, faults: [], flags: [], captured: false },
    };
  }
}
