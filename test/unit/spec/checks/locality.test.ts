import { describe, expect, it } from 'vitest';
import { meshOf, problemsOf } from '../document/sample.ts';

function document(policy: string, more = 'outlierDetection: {}'): string {
  return `mesh: m
gateway: { locality: eu/west/a, routes: [{ service: api }] }
services:
  api: { command: node api.mjs, replicas: 3, locality: [eu/west/a, eu/west/b, us/east/c] }
traffic:
  api:
    ${more}
    loadBalancing:
      locality: ${policy}
`;
}

describe('localities in the document', () => {
  it('are a policy of load balancing', () => {
    const policy = '{ failover: [{ from: eu, to: us }] }';
    expect(meshOf(document(policy)).traffic['api']?.loadBalancing).toEqual({
      algorithm: 'roundRobin',
      locality: { enabled: true, failover: [{ from: 'eu', to: 'us' }] },
    });
    expect(meshOf(document('{}')).gateway.locality).toBe('eu/west/a');
    const shares = '{ distribute: [{ from: eu/*, to: { eu/west/a: 70, us: 30 } }] }';
    expect(problemsOf(document(shares))).toEqual([]);
  });

  it.each([
    [
      '{ failover: [{ from: eu, to: us }], distribute: [{ from: eu, to: { eu: 100 } }] }',
      '9:19 wrong-value "failover" and "distribute" cannot be combined; with "distribute", what a locality cannot take goes to the others by their shares',
    ],
    [
      '{ failover: [{ from: eu, to: eu }] }',
      expect.stringContaining('wrong-value the region eu cannot fail over to itself'),
    ],
    [
      '{ failover: [{ from: asia, to: us }] }',
      '9:38 never-acts no caller of api is in the region asia',
    ],
    [
      '{ failover: [{ from: eu, to: asia }] }',
      expect.stringContaining('never-acts no instance of api is in the region asia'),
    ],
    [
      '{ distribute: [{ from: us, to: { eu: 100 } }] }',
      '9:40 never-acts no caller of api is in us',
    ],
    [
      '{ distribute: [{ from: eu, to: { eu: 70, us: 20 } }] }',
      '9:44 split-sum the shares add up to 90 %, not 100 %',
    ],
    [
      '{ distribute: [{ from: eu, to: { eu/*: 70, eu/west/a: 30 } }] }',
      '9:60 wrong-value eu/west/a and eu/* mean some of the same localities',
    ],
    [
      '{ distribute: [{ from: eu, to: { eu: 70, asia: 30 } }] }',
      '9:58 never-acts no instance of api is in asia',
    ],
  ])('are told where they cannot be meant: %s', (policy, problem) => {
    expect(problemsOf(document(policy))).toContainEqual(problem);
  });

  it('do not count where nobody tells which instances are well', () => {
    expect(problemsOf(document('{}', 'timeout: 1s'))).toEqual([
      '9:7 never-acts localities do not count for api: nobody tells which instances are well; add "outlierDetection: {}" or a "healthCheck" to it, as Istio asks for too',
    ]);
    expect(problemsOf(document('{}', 'healthCheck: { tcp: true }'))).toEqual([]);
  });

  it('are told where too few may be left out for requests to ever go elsewhere', () => {
    const many = (outliers: string): string =>
      document('{}', `outlierDetection: ${outliers}`).replace('replicas: 3', 'replicas: 12');
    expect(problemsOf(many('{}'))).toEqual([
      expect.stringMatching(
        /never-acts at most 1 of 12 instances of api v1 may be left out: requests never go from eu\/west\/a elsewhere for that; raise "maxEjectionPercent"$/,
      ),
    ]);
    expect(problemsOf(many('{ maxEjectionPercent: 20 }'))).toEqual([]);
    expect(problemsOf(document('{}'))).toEqual([]);
  });

  it('have the form region/zone/subzone', () => {
    const wrong = document('{}').replace('eu/west/a, eu', 'eu/west/a/b, eu');
    expect(problemsOf(wrong)[0]).toContain('such as "eu/west/a"');
    const any = document('{ distribute: [{ from: "*/west", to: { eu: 100 } }] }');
    expect(problemsOf(any)[0]).toContain('such as "eu/*"');
    const share = document('{ distribute: [{ from: eu, to: { eu: 0, us: 100 } }] }');
    expect(problemsOf(share)[0]).toContain('expected a weight above 0');
  });

  it('are told where a list is longer than there are replicas', () => {
    const fewer = document('{}').replace('replicas: 3', 'replicas: 2');
    expect(problemsOf(fewer)).toEqual([
      '4:79 never-acts api v1 has 2 replicas: none comes to this',
    ]);
  });
});
