import { describe, expect, it } from 'vitest';
import { placedEndpoints } from '../../../src-main/control/compile/places.ts';
import type { CompileInput } from '../../../src-main/control/compile/input.ts';
import type { Service, Version } from '../../../src-main/spec/mesh.ts';
import { meshOf } from '../spec/document/sample.ts';

interface Given {
  /** Of the service. */
  readonly places: string;
  readonly traffic?: string;
  /** Of the caller. */
  readonly from?: string;
  /** Indices of the instances that are ready. */
  readonly ready?: readonly number[];
  /** Of the instances that a fault acts on. */
  readonly faulty?: readonly number[];
}

type Placed = ReturnType<typeof placedEndpoints>;

function placed(given: Given): Placed {
  const { places, traffic = '{ outlierDetection: {} }', from, ready, faulty = [] } = given;
  const mesh = meshOf(`mesh: m
services:
  api: { command: node api.mjs, ${places} }
traffic:
  api: ${traffic}
`);
  const service = mesh.services[0] as Service;
  const version = service.versions[0] as Version;
  const indices = ready ?? Array.from({ length: version.replicas }, (_, i) => i);
  const endpoints = indices.map((index) => ({
    ...{ id: `api-v1-${index}`, service: 'api', version: 'v1', index },
    ...{ host: '127.0.0.1', port: 1 },
  }));
  const input: CompileInput = {
    ...{ mesh, endpoints, trustBundle: '', faultsSince: new Map() },
    faultyInstances: faulty.map((index) => ({
      ...{ id: `api-v1-${index}`, service: 'api', version: 'v1', faults: [`fault-${index}`] },
    })),
    spiffeId: () => '',
    faultyLeaf: () => ({ certificateChain: '', privateKey: '' }),
  };
  return placedEndpoints(
    input,
    { service: 'web', version: 'v1', locality: from },
    service,
    version,
  );
}

function prioritiesOf(given: Given): number[] {
  return placed(given).endpoints.map(({ priority = 0 }) => priority);
}

const SPREAD = 'replicas: 4, locality: [eu/west/a, eu/west/b, us/east/c, asia/south/d]';

describe("an instance's priority", () => {
  it('is by its distance from the caller, without gaps', () => {
    expect(prioritiesOf({ places: SPREAD, from: 'eu/west/a' })).toEqual([0, 1, 2, 2]);
    expect(prioritiesOf({ places: SPREAD, from: 'eu/west/b' })).toEqual([1, 0, 2, 2]);
    expect(prioritiesOf({ places: SPREAD, from: 'us/east/c' })).toEqual([1, 1, 0, 1]);
    expect(prioritiesOf({ places: SPREAD, from: 'africa' })).toEqual([0, 0, 0, 0]);
  });

  it('puts the region that is failed over to before the others', () => {
    const policy = '{ locality: { failover: [{ from: eu, to: asia }] } }';
    const traffic = `{ outlierDetection: {}, loadBalancing: ${policy} }`;
    expect(prioritiesOf({ places: SPREAD, traffic, from: 'eu/west/a' })).toEqual([0, 1, 3, 2]);
  });

  it('is the same whoever is ready', () => {
    const { endpoints, priorities } = placed({ places: SPREAD, from: 'eu/west/a', ready: [1, 3] });
    expect(endpoints.map(({ priority }) => priority)).toEqual([1, 2]);
    expect(priorities).toEqual(['eu/west/a', 'eu/west/b', 'us/east/c, asia/south/d']);
  });

  it('does not go by distance where nobody knows where the caller is, or who is well', () => {
    expect(prioritiesOf({ places: SPREAD })).toEqual([0, 0, 0, 0]);
    expect(prioritiesOf({ places: SPREAD, from: 'eu/west/a', traffic: '{}' })).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('is what the document says, even without localities, and that before any distance', () => {
    const standby = 'replicas: 3, priority: [0, 5, 9]';
    expect(prioritiesOf({ places: standby, traffic: '{}' })).toEqual([0, 1, 2]);
    expect(placed({ places: standby, traffic: '{}' }).priorities).toEqual([
      'priority 0',
      'priority 1',
      'priority 2',
    ]);
    const both = 'replicas: 4, priority: [0, 0, 1, 1], locality: [eu/a, eu/b, eu/a, eu/b]';
    expect(prioritiesOf({ places: both, from: 'eu/b' })).toEqual([1, 0, 3, 2]);
  });
});

describe('shares by locality', () => {
  function shares(to: string, given: Partial<Given> = {}): Placed {
    const policy = `{ locality: { distribute: [{ from: eu/*, to: ${to} }] } }`;
    return placed({
      places: 'replicas: 4, locality: [eu/west/a, eu/west/b, us/east/c, us/east/c]',
      traffic: `{ loadBalancing: ${policy} }`,
      from: 'eu/west/a',
      ...given,
    });
  }

  it('are for the callers that are meant, and leave out instances that are not', () => {
    const { endpoints, localityWeights, priorities } = shares('{ eu/west/a: 80, us: 20 }');
    expect(endpoints.map(({ id }) => id)).toEqual(['api-v1-0', 'api-v1-2', 'api-v1-3']);
    expect(localityWeights).toEqual({ 'eu/west/a': 80, 'us/east/c': 20 });
    expect(priorities).toBeUndefined();
    const other = shares('{ eu/west/a: 80, us: 20 }', { from: 'us/east/c' });
    expect(other.localityWeights).toBeUndefined();
    expect(other.endpoints).toHaveLength(4);
  });

  it('are shared by the localities that an entry means, by those that are ready', () => {
    const to = '{ eu/west/b: 10, "us/*": 60, eu/west/a: 30 }';
    expect(shares(to).localityWeights).toEqual({
      'eu/west/b': 10,
      'us/east/c': 60,
      'eu/west/a': 30,
    });
    const all = shares('{ "*": 100 }').localityWeights;
    expect(all).toEqual({ 'eu/west/a': 25, 'eu/west/b': 25, 'us/east/c': 50 });
    expect(shares('{ "*": 100 }', { ready: [0, 2] }).localityWeights).toEqual({
      'eu/west/a': 50,
      'us/east/c': 50,
    });
  });
});

describe('instances that a fault acts on', () => {
  it('carry its name where they are ready, and else their version does', () => {
    const { endpoints, absentByFaults } = placed({
      places: 'replicas: 3',
      ready: [0, 1],
      faulty: [1, 2],
    });
    expect(endpoints.map(({ instanceFaults }) => instanceFaults)).toEqual([undefined, ['fault-1']]);
    expect(absentByFaults).toEqual(['fault-2']);
  });

  it('leave no trace where there are none', () => {
    expect(placed({ places: 'replicas: 1' })).not.toHaveProperty('absentByFaults');
  });
});
