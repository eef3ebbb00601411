import { describe, expect, it } from 'vitest';
import type { InstanceState, Mesh, Service } from '../../../../src-main/api/contract/index.ts';
import { focusOf, visibleOf } from '../../../../src-renderer/topology/model/filter.ts';
import {
  buildGraph,
  groupId,
  groupKeys,
  groupNames,
} from '../../../../src-renderer/topology/model/graph.ts';
import { NO_FILTER } from '../../../../src-renderer/topology/model/options.ts';
import { sceneOf } from '../../../../src-renderer/topology/model/scene.ts';
import type { Scene, SceneInput } from '../../../../src-renderer/topology/model/scene.ts';
import { serviceRows, sortRows } from '../../../../src-renderer/topology/model/table.ts';
import { edge } from '../../../support/edge.ts';
import { sampleMesh } from '../../../support/state.ts';

function service(name: string, calls: string[], given: Partial<Service> = {}): Service {
  const [web] = sampleMesh().services;
  if (!web) throw new Error('the sample has a service');
  return { ...web, name, calls, ...given };
}

const services = [
  service('web', ['orders', 'search']),
  service('orders', ['payments'], { labels: { team: 'buy' } }),
  service('payments', [], { labels: { team: 'buy' } }),
  service('search', []),
];
const mesh: Mesh = { ...sampleMesh(), services };
const instance = (of: string, given: Partial<InstanceState> = {}): InstanceState => ({
  ...{ id: `${of}-v1-0`, service: of, version: 'v1', runtime: 'process', status: 'ready' },
  restarts: 0,
  ...given,
});
const ready = services.map(({ name }) => instance(name));

function scene(
  given: Partial<SceneInput> = {},
  options: Parameters<typeof buildGraph>[1] = {},
): Scene {
  const graph = buildGraph(mesh, options);
  return sceneOf({ graph, mesh, edges: {}, nodeBadges: {}, instances: ready, ...given });
}

const flowing = (...edges: ReturnType<typeof edge>[]) =>
  Object.fromEntries(edges.map((one) => [`${one.from}->${one.to}`, one]));

describe('the graph', () => {
  it('has every call of the document, idle or not', () => {
    const { nodes, edges } = buildGraph(mesh);
    expect(nodes.map(({ id }) => id)).toEqual(['gateway', 'web', 'orders', 'payments', 'search']);
    expect(edges.map(({ id }) => id)).toEqual([
      ...['gateway->web', 'web->orders', 'web->search', 'orders->payments'],
    ]);
  });

  it('makes one node of a group that is collapsed, and one edge of all that lead to it', () => {
    const { nodes, edges } = buildGraph(mesh, { groupBy: 'team', collapsed: new Set(['buy']) });
    const group = nodes.find(({ kind }) => kind === 'group');
    expect(group).toMatchObject({ id: groupId('buy'), services: ['orders', 'payments'] });
    expect(edges.map(({ id }) => id)).toEqual(['gateway->web', 'web->group:buy', 'web->search']);
  });

  it('knows by what it can be grouped', () => {
    expect(groupKeys(mesh)).toEqual(['team']);
    expect(groupNames(mesh, 'team')).toEqual(['buy']);
  });

  it('can be only what is asked for', () => {
    const only = focusOf(services, 'orders');
    expect([...(only ?? [])].sort()).toEqual(['orders', 'payments', 'web']);
    expect(buildGraph(mesh, { only }).nodes).toHaveLength(4);
    expect(focusOf(services, ' ')).toBeUndefined();
  });
});

describe('what an edge shows', () => {
  it('is red for real failures, violet where only faults made them', () => {
    const real = edge('web', 'orders', { errorShare: 0.2 });
    const injected = edge('web', 'search', {
      ...{ errorShare: 0.5, injectedErrorShare: 0.5, injectedShare: 0.5 },
    });
    const { edges } = scene({ edges: flowing(real, injected) });
    expect(edges.get('web->orders')?.health).toBe('failing');
    expect(edges.get('web->search')?.health).toBe('injected');
    expect(edges.get('orders->payments')?.health).toBe('idle');
  });

  it('goes by the thresholds that the called service has', () => {
    const missing = edge('web', 'search', { clientErrorShare: 0.5 });
    expect(scene({ edges: flowing(missing) }).edges.get('web->search')?.health).toBe('failing');
    const healthThresholds = {
      serverErrors: { degraded: 0, failing: 10 },
      clientErrors: { degraded: 60, failing: 80 },
      grpcErrors: { degraded: 0, failing: 10 },
    };
    const lenient = {
      ...mesh,
      services: [...services.slice(0, 3), service('search', [], { healthThresholds })],
    };
    const found = scene({ edges: flowing(missing), mesh: lenient });
    expect(found.edges.get('web->search')?.health).toBe('ok');
    expect(found.nodes.get('search')?.health).toBe('ok');
  });

  it('adds up what leads to a collapsed group', () => {
    const edges = flowing(
      edge('web', 'orders', { rate: 10, p95: 5 }),
      edge('web', 'payments', { rate: 30, p95: 50, errorShare: 0.4, protocol: 'grpc' }),
      edge('orders', 'payments'),
    );
    const calls = [service('web', ['orders', 'payments']), ...services.slice(1)];
    const wider = { ...mesh, services: calls };
    const graph = buildGraph(wider, { groupBy: 'team', collapsed: new Set(['buy']) });
    const found = sceneOf({ graph, mesh: wider, edges, nodeBadges: {}, instances: ready });
    expect(found.edges.get('web->group:buy')?.edge).toMatchObject({
      rate: 40,
      errorShare: 0.3,
      p95: 50,
      protocol: 'mixed',
    });
    // What goes on within the group is not told as coming to it.
    expect(found.nodes.get(groupId('buy'))).toMatchObject({ rate: 40, total: 2, ready: 2 });
  });

  it('has a mark for each kind of fault that is in force, though nothing has met it yet', () => {
    const faults = [
      {
        ...{ name: 'slow', enabled: true, to: 'orders', match: {}, random: false },
        delay: { duration: 5, percentage: 1 },
      },
      {
        ...{ name: 'gone', enabled: true, from: 'web', to: 'orders', match: {}, random: false },
        connectionRefused: { percentage: 1 },
      },
      {
        ...{ name: 'off', enabled: false, to: 'orders', match: {}, random: false },
        down: { percentage: 1 },
      },
    ];
    const { edges } = scene({ mesh: { ...mesh, faults } });
    expect(edges.get('web->orders')?.marks).toEqual([
      { icon: 'delay', tone: 'injected', label: 'delay fault' },
      { icon: 'connectionRefused', tone: 'injected', label: 'connection refused fault' },
    ]);
  });

  it('draws a partition on both directions', () => {
    const cut = {
      ...{ name: 'cut', enabled: true, from: 'payments', to: 'orders', match: {}, random: false },
      partition: { fromAlso: [], toAlso: [], percentage: 100 },
    };
    const { edges } = scene({ mesh: { ...mesh, faults: [cut] } });
    expect(edges.get('orders->payments')?.marks).toMatchObject([{ icon: 'partition' }]);
  });

  it('tells what acted and by which rule, the gravest first', () => {
    const badges = [
      { kind: 'retry' as const, rate: 2, names: [] },
      { kind: 'denied' as const, rate: 1, names: ['callers'] },
    ];
    const { edges } = scene({ edges: flowing(edge('web', 'orders', { badges })) });
    expect(edges.get('web->orders')?.marks).toEqual([
      { icon: 'denied', tone: 'bad', label: 'denied by callers, 1.0/s' },
      { icon: 'retry', tone: 'warn', label: 'retries, 2.0/s' },
    ]);
  });

  it('names the instances that the caller leaves out, and does not tell it twice', () => {
    const avoided = [{ by: 'web-v1-0', cause: 'consecutive-5xx' as const }];
    const instances = [
      ...ready.filter((one) => one.service !== 'orders'),
      instance('orders', { avoided }),
    ];
    const badges = [{ kind: 'ejected' as const, rate: 2, names: [] }];
    const { edges, nodes } = scene({
      instances,
      edges: flowing(edge('web', 'orders', { badges })),
    });
    expect(edges.get('web->orders')?.marks).toEqual([
      { icon: 'avoided', tone: 'bad', label: 'left out: orders-v1-0 (consecutive-5xx)' },
    ]);
    expect(edges.get('orders->payments')?.marks).toEqual([]);
    expect(nodes.get('orders')?.marks).toMatchObject([{ icon: 'avoided' }]);
  });
});

describe('what a service shows', () => {
  it('has what is done to its instances on purpose', () => {
    const frozen = {
      name: 'frozen',
      enabled: true,
      service: 'orders',
      action: 'pause' as const,
      share: 50,
      headroomBytes: 0,
      offset: 0,
    };
    const { nodes } = scene({ mesh: { ...mesh, instanceFaults: [frozen] } });
    expect(nodes.get('orders')?.marks).toEqual([
      { icon: 'pause', tone: 'injected', label: 'pause on purpose: frozen' },
    ]);
    expect(nodes.get('web')?.marks).toEqual([]);
  });

  it('has what came to it for nobody', () => {
    const badges = [{ kind: 'no-route' as const, rate: 3, names: [] }];
    const { nodes } = scene({ nodeBadges: { gateway: { badges } } });
    expect(nodes.get('gateway')?.marks).toMatchObject([{ icon: 'no-route', tone: 'warn' }]);
  });

  it('is failing where no instance is ready, and says why', () => {
    const instances = [instance('orders', { status: 'restarting', restarts: 2 })];
    expect(scene({ instances }).nodes.get('orders')).toMatchObject({
      health: 'failing',
      trouble: 'restarting · restart 2',
    });
  });
});

describe('the filter', () => {
  const edges = flowing(
    edge('gateway', 'web'),
    edge('web', 'orders', { rate: 0.5, protocol: 'grpc', errorShare: 0.5 }),
  );
  const found = scene({ edges });
  const shown = (filter: Partial<typeof NO_FILTER>) => {
    const visible = visibleOf(buildGraph(mesh), found, { ...NO_FILTER, ...filter });
    return { nodes: [...visible.nodes].sort(), edges: [...visible.edges].sort() };
  };

  it('leaves out what is idle', () => {
    expect(shown({ hideIdle: true })).toEqual({
      nodes: ['gateway', 'orders', 'web'],
      edges: ['gateway->web', 'web->orders'],
    });
  });

  it('leaves out what flows less', () => {
    expect(shown({ leastRate: 1 }).edges).toEqual(['gateway->web']);
  });

  it('shows one protocol, with the ends of its edges', () => {
    expect(shown({ protocol: 'grpc' })).toEqual({
      nodes: ['gateway', 'orders', 'web'],
      edges: ['web->orders'],
    });
  });

  it('shows what is unwell', () => {
    expect(shown({ unwell: true })).toEqual({
      nodes: ['gateway', 'orders', 'web'],
      edges: ['web->orders'],
    });
    expect(shown({ marked: true }).edges).toEqual([]);
  });
});

describe('the table', () => {
  it('has the services that are searched for, sorted by what is asked for', () => {
    const edges = [edge('web', 'orders', { rate: 3 }), edge('web', 'search', { rate: 9, p95: 1 })];
    const rows = serviceRows(services, edges, '');
    expect(sortRows(rows, 'rate').map(({ name }) => name)).toEqual([
      'search',
      'orders',
      'payments',
      'web',
    ]);
    expect(sortRows(rows, 'p95')[0]?.name).toBe('orders');
    expect(sortRows(rows, 'name')[0]?.name).toBe('orders');
    expect(serviceRows(services, edges, 'pay')).toEqual([
      { name: 'payments', rate: 0, errors: 0, p95: 0, health: 'idle' },
    ]);
  });
});
