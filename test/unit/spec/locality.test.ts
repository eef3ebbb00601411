import { describe, expect, it } from 'vitest';
import {
  distance,
  failsOver,
  isWithin,
  localitiesOf,
  localityOf,
  overlap,
  priorityOf,
} from '../../../src-main/spec/locality.ts';
import type { Mesh, Service, Version } from '../../../src-main/spec/mesh.ts';
import { meshOf } from './document/sample.ts';

function mesh(traffic: string, service = 'replicas: 3'): Mesh {
  return meshOf(`mesh: m
gateway: { locality: eu/west/a, routes: [{ service: api }] }
services:
  api: { command: node api.mjs, ${service} }
traffic:
  api: ${traffic}
`);
}

function api(service: string): Service {
  return mesh('{}', service).services[0] as Service;
}

function version(service: string): Version {
  return api(service).versions[0] as Version;
}

describe('where an instance is', () => {
  it('is what its version says, or its service, for each replica in turn', () => {
    const spread = version('replicas: 3, locality: [eu/west/a, eu/west/b], priority: [0, 1]');
    expect([0, 1, 2].map((i) => localityOf(spread, i))).toEqual([
      'eu/west/a',
      'eu/west/b',
      'eu/west/a',
    ]);
    expect([0, 1, 2].map((i) => priorityOf(spread, i))).toEqual([0, 1, 0]);
    const one = api('locality: eu, versions: { v1: {}, v2: { locality: us, priority: 2 } }');
    expect(one.versions.map((each) => localityOf(each, 0))).toEqual(['eu', 'us']);
    expect(one.versions.map((each) => priorityOf(each, 0))).toEqual([0, 2]);
    expect(localitiesOf(one)).toEqual(['eu', 'us']);
    expect(localityOf(version('replicas: 1'), 0)).toBeUndefined();
  });
});

describe('how far an instance is', () => {
  it.each([
    ['eu/west/a', 0],
    ['eu/west/b', 1],
    ['eu/west', 1],
    ['eu/east/a', 2],
    ['us/west/a', 3],
    [undefined, 3],
  ] as const)('from eu/west/a to %s is %d', (other, far) => {
    expect(distance('eu/west/a', other)).toBe(far);
  });

  it('is farther in regions other than the one that is failed over to', () => {
    const failover = [{ from: 'eu', to: 'us' }];
    expect(distance('eu/west/a', 'us/west/a', failover)).toBe(3);
    expect(distance('eu/west/a', 'asia', failover)).toBe(4);
    expect(distance('eu/west/a', 'eu/east', failover)).toBe(2);
    expect(distance('asia', 'us', failover)).toBe(3);
  });
});

describe('a pattern of localities', () => {
  it.each([
    ['*', true],
    ['eu', true],
    ['eu/*', true],
    ['eu/west/*', true],
    ['eu/west/a', true],
    ['eu/east/*', false],
    ['us', false],
    ['e', false],
  ])('%s', (pattern, isMeant) => {
    expect(isWithin(pattern, 'eu/west/a')).toBe(isMeant);
  });

  it('overlaps with another where a locality fits both', () => {
    expect(overlap('eu/*', 'eu/west/a')).toBe(true);
    expect(overlap('eu', 'eu/west')).toBe(true);
    expect(overlap('*', 'eu/west/a')).toBe(true);
    expect(overlap('eu/west', 'eu/east')).toBe(false);
  });
});

describe('failing over', () => {
  it('needs somebody who tells which instances are well, and no shares by locality', () => {
    expect(failsOver(mesh('{}'), 'api')).toBe(false);
    expect(failsOver(mesh('{ outlierDetection: {} }'), 'api')).toBe(true);
    expect(failsOver(mesh('{ healthCheck: { tcp: true } }'), 'api')).toBe(true);
    const off = '{ outlierDetection: {}, loadBalancing: { locality: { enabled: false } } }';
    expect(failsOver(mesh(off), 'api')).toBe(false);
    const shares = '{ distribute: [{ from: eu, to: { eu: 100 } }] }';
    const shared = `{ outlierDetection: {}, loadBalancing: { locality: ${shares} } }`;
    expect(failsOver(mesh(shared, 'locality: eu'), 'api')).toBe(false);
  });
});
