import { describe, expect, it } from 'vitest';
import { AvoidedInstances } from '../../../src-main/engine/avoided-instances.ts';

const EJECTED = { instance: 'api-v1-0', cause: 'consecutive-5xx', until: 1000 } as const;

describe('what proxies leave out', () => {
  it('is known by instance, from all of them', () => {
    const avoided = new AvoidedInstances();
    avoided.set('gateway', [EJECTED]);
    avoided.set('web-v1-0', [EJECTED, { ...EJECTED, instance: 'api-v1-1' }]);
    expect(avoided.of('api-v1-0').map(({ by }) => by)).toEqual(['gateway', 'web-v1-0']);
    expect(avoided.of('api-v1-1')).toEqual([
      { by: 'web-v1-0', cause: 'consecutive-5xx', until: 1000 },
    ]);
    expect(avoided.of('api-v1-2')).toEqual([]);
  });

  it('is told where it is new, and where an instance is asked again', () => {
    const avoided = new AvoidedInstances();
    const avoidance = { by: 'gateway', cause: 'consecutive-5xx', until: 1000 };
    expect(avoided.set('gateway', [EJECTED])).toEqual([{ instance: 'api-v1-0', avoidance }]);
    expect(avoided.set('gateway', [EJECTED])).toEqual([]);
    expect(avoided.set('gateway', [{ ...EJECTED, until: 2000 }])).toEqual([
      { instance: 'api-v1-0', avoidance: { ...avoidance, until: 2000 } },
    ]);
    expect(avoided.set('gateway', [])).toEqual([{ instance: 'api-v1-0', avoidance: undefined }]);
    expect(avoided.of('api-v1-0')).toEqual([]);
  });
});
