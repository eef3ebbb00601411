import { describe, expect, it } from 'vitest';
import { badgeKind } from '../../../../src-main/api/contract/index.ts';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import {
  BADGE_OF_FLAG,
  DECORATORS,
  decorate,
} from '../../../../src-main/telemetry/topology/decorate/catalogue.ts';
import { FlagLog } from '../../../../src-main/telemetry/topology/flag-log.ts';

const NOW = 1_000_000;
const flags = Object.keys(HopFlag) as (keyof typeof HopFlag)[];

function badgesOf(...seen: [flags: number, names: string][]) {
  const log = new FlagLog();
  for (const [set, names] of seen) log.observe(NOW, set, names);
  return decorate(log.between(NOW - 4, NOW), 5);
}

describe('a badge', () => {
  it.each(flags)('speaks for %s, or it is said why none does', (flag) => {
    const found = BADGE_OF_FLAG[flag];
    const badges = badgesOf([HopFlag[flag], '']);
    if ('why' in found) expect(badges).toEqual([]);
    else {
      expect(badges).toHaveLength(1);
      expect(badges[0]?.rate).toBeCloseTo(0.2);
      expect(found.flags).toContain(flag);
    }
  });

  it('is of a kind that the app knows', () => {
    const every = flags.reduce((all, flag) => all | HopFlag[flag], 0);
    const kinds = badgesOf([every, '']).map(({ kind }) => kind);
    expect([...kinds].sort()).toEqual([...badgeKind.options].sort());
    expect(DECORATORS).toHaveLength(kinds.length);
  });

  it('counts a hop once, whichever of its flags was set', () => {
    const both = HopFlag.DELAY_INJECTED | HopFlag.ABORT_INJECTED;
    expect(badgesOf([both, 'slow,broken'], [HopFlag.DELAY_INJECTED, 'slow'])).toEqual([
      { kind: 'fault', rate: 0.4, names: ['broken', 'slow'] },
    ]);
  });
});

describe('the log of flags', () => {
  it('reads the window that it is asked for, and no more', () => {
    const log = new FlagLog();
    for (let at = NOW; at < NOW + 10; at++) log.observe(at, HopFlag.TIMEOUT, '');
    expect(log.between(NOW + 3, NOW + 5).count(HopFlag.TIMEOUT)).toBe(3);
    expect(log.between(NOW + 3, NOW + 5).count(HopFlag.DENIED)).toBe(0);
  });

  it('forgets what is older than fifteen minutes', () => {
    const log = new FlagLog();
    log.observe(NOW, HopFlag.TIMEOUT, '');
    log.observe(NOW + 899, HopFlag.TIMEOUT, '');
    expect(log.between(NOW, NOW).count(HopFlag.TIMEOUT)).toBe(1);
    log.observe(NOW + 900, HopFlag.TIMEOUT, '');
    expect(log.between(NOW, NOW).count(HopFlag.TIMEOUT)).toBe(0);
    expect(log.between(NOW, NOW + 900).count(HopFlag.TIMEOUT)).toBe(2);
  });
});
