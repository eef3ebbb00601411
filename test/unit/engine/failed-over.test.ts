import { describe, expect, it } from 'vitest';
import { FailedOverVersions } from '../../../src-main/engine/failed-over.ts';
import type { FailedOver } from '../../../src-main/proxy/messages.ts';

function failedOver(well: number, total: number, loads: readonly number[]): FailedOver {
  const names = ['eu/west/a', 'eu/west/b', 'us'];
  const priorities = loads.map((load, i) => ({
    name: names[i] ?? '',
    load,
    well: i === 0 ? well : 2,
    total: i === 0 ? total : 2,
  }));
  return { service: 'api', version: 'v1', priorities, hasServed: true };
}

const messages = (news: readonly { message: string }[]): string[] =>
  news.map(({ message }) => message);

describe('proxies that fail over', () => {
  it('tell where their requests go instead, how many, and why', () => {
    const versions = new FailedOverVersions();
    expect(messages(versions.set('gateway', [failedOver(1, 2, [70, 30, 0])]))).toEqual([
      'gateway fails over for api v1, 30 % of its requests to eu/west/b: 1 of 2 instances of eu/west/a are well',
    ]);
    expect(messages(versions.set('gateway', [failedOver(0, 0, [0, 70, 30])]))).toEqual([
      'gateway fails over for api v1, 70 % of its requests to eu/west/b, 30 % of its requests to us: no instance of eu/west/a is ready',
    ]);
    expect(versions.all()).toMatchObject([{ by: 'gateway', service: 'api', version: 'v1' }]);
  });

  it('say nothing new while their shares are the same, and once when they are back', () => {
    const versions = new FailedOverVersions();
    versions.set('gateway', [failedOver(0, 2, [0, 100])]);
    expect(versions.set('gateway', [failedOver(0, 1, [0, 100])])).toEqual([]);
    expect(versions.set('web-v1-0', [])).toEqual([]);
    expect(versions.set('gateway', [])).toEqual([
      { service: 'api', severity: 'info', message: 'gateway asks eu/west/a for api v1 again' },
    ]);
    expect(versions.all()).toEqual([]);
  });

  it('are no news before the first choice has served, but are known', () => {
    const versions = new FailedOverVersions();
    const starting = { ...failedOver(0, 0, [0, 100]), hasServed: false };
    expect(versions.set('gateway', [starting])).toEqual([]);
    expect(versions.all()).toHaveLength(1);
    expect(versions.set('gateway', [])).toEqual([]);
    versions.set('gateway', [starting]);
    expect(versions.set('gateway', [failedOver(0, 0, [0, 100])])).toHaveLength(1);
  });
});
