import { describe, expect, it } from 'vitest';
import { Captures } from '../../../src-main/engine/captures.ts';
import type { CapturedExchange } from '../../../src-main/proxy/capture/captured.ts';
import { eventually } from '../../support/eventually.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

function captures(line: string) {
  let spent = 0;
  let kept = 0;
  const told: string[] = [];
  const disk = { hasRoom: true };
  const one = new Captures({
    onSpent: () => void spent++,
    onProgress: () => undefined,
    keep: async () => {
      kept++;
      return disk.hasRoom;
    },
    onLost: (message) => void told.push(message),
  });
  const apply = (text: string): void => one.update(meshOf(`${SAMPLE}\ncapture:\n  - ${text}\n`));
  apply(line);
  const take = (isFinal = true): boolean => {
    const before = kept;
    one.take([{ capture: 'c', isFinal } as CapturedExchange], {});
    return kept > before;
  };
  return { one, apply, take, told, disk, timesSpent: () => spent };
}

describe('captures', () => {
  it('end when they have as many requests as they are to have', () => {
    const { one, take, timesSpent } = captures('{ name: c, to: payments, requests: 2 }');
    expect([take(), take(), take()]).toEqual([true, true, false]);
    expect([...one.spent]).toEqual(['c']);
    expect(one.progress).toEqual([{ name: 'c', count: 2, isSpent: true, lost: 0 }]);
    expect(timesSpent()).toBe(1);
  });

  it('count a request with its last try', () => {
    const { one, take } = captures('{ name: c, requests: 1 }');
    expect([take(false), take(false), take(true), take(false)]).toEqual([true, true, true, false]);
    expect(one.progress[0]?.count).toBe(1);
  });

  it('begin anew when they are changed, or switched off and on, and go on otherwise', () => {
    const { one, apply, take } = captures('{ name: c, requests: 1 }');
    take();
    apply('{ name: c, requests: 1 }');
    expect(one.spent.size).toBe(1);
    apply('{ name: c, requests: 1, enabled: false }');
    expect([one.progress, take()]).toEqual([[], false]);
    apply('{ name: c, requests: 1 }');
    expect([one.spent.size, take()]).toEqual([0, true]);
    apply('{ name: c, requests: 5 }');
    expect(one.progress).toEqual([{ name: 'c', count: 0, isSpent: false, lost: 0 }]);
  });

  it('without a number never end', () => {
    const { one, take } = captures('{ name: c }');
    for (let i = 0; i < 100; i++) take();
    expect(one.progress).toEqual([{ name: 'c', count: 100, isSpent: false, lost: 0 }]);
  });

  it('count what was lost, and tell of the first loss', async () => {
    const { one, take, told, disk } = captures('{ name: c }');
    one.take([], { c: 40, gone: 3 });
    disk.hasRoom = false;
    take();
    await eventually(() => expect(one.progress[0]?.lost).toBe(41));
    expect(told).toEqual(['some of what c captures is lost: too much at once']);
  });
});
