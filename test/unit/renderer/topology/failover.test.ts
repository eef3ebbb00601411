import { describe, expect, it } from 'vitest';
import type { InstanceState } from '../../../../src-main/api/contract/index.ts';
import { failoverGroups } from '../../../../src-renderer/topology/model/failover.ts';

const PRIORITIES = [
  { name: 'eu/west/a', load: 0, well: 0, total: 1 },
  { name: 'eu/west/b', load: 100, well: 1, total: 1 },
];

function instance(id: string, more: Partial<InstanceState> = {}): InstanceState {
  const [service = '', version = ''] = id.split('-');
  return { id, service, version, runtime: 'stub', status: 'ready', restarts: 0, ...more };
}

describe('why requests fail over', () => {
  it('is said of the instances of the version that are not well for these callers', () => {
    const instances = [
      instance('api-v1-0', { avoided: [{ by: 'gateway', cause: 'consecutive-5xx' }] }),
      instance('api-v1-1', { avoided: [{ by: 'other-v1-0', cause: 'health-check' }] }),
      instance('api-v1-2', { status: 'restarting', reason: 'exit code 1' }),
      instance('api-v2-0', { status: 'failed' }),
    ];
    const failovers = [{ by: 'gateway', version: 'v1', priorities: PRIORITIES }];
    expect(failoverGroups(failovers, instances)).toEqual([
      {
        version: 'v1',
        callers: ['gateway'],
        priorities: PRIORITIES,
        reasons: ['api-v1-0 is left out: consecutive 5xx', 'api-v1-2 is restarting: exit code 1'],
      },
    ]);
  });

  it('is said once of callers that share out their requests alike', () => {
    const other = PRIORITIES.map((one) => ({ ...one, load: 50 }));
    const failovers = [
      { by: 'web-v1-0', version: 'v1', priorities: PRIORITIES },
      { by: 'web-v1-1', version: 'v1', priorities: other },
      { by: 'web-v1-2', version: 'v1', priorities: PRIORITIES },
    ];
    const groups = failoverGroups(failovers, []);
    expect(groups.map(({ callers }) => callers)).toEqual([['web-v1-0', 'web-v1-2'], ['web-v1-1']]);
  });
});
