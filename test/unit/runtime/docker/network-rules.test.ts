import { describe, expect, it } from 'vitest';
import {
  cutCommand,
  explainRules,
  shapeCommand,
} from '../../../../src-main/runtime/docker/network-rules.ts';

const NONE = { delay: 0, jitter: 0, loss: 0, reorder: 0 };

describe('packets that leave a pod', () => {
  const shape = (more: object) => shapeCommand({ ...NONE, ...more }).slice(7);

  it('are late, with a jitter', () => {
    expect(shapeCommand({ ...NONE, delay: 100 }).slice(0, 7)).toEqual([
      ...['tc', 'qdisc', 'replace', 'dev', 'eth0', 'root', 'netem'],
    ]);
    expect(shape({ delay: 100, jitter: 10 })).toEqual(['delay', '100ms', '10ms']);
  });

  it('are lost, and sent past others that are late', () => {
    expect(shape({ loss: 12.5 })).toEqual(['loss', '12.5%']);
    expect(shape({ delay: 50, reorder: 25 })).toEqual(['delay', '50ms', 'reorder', '25%']);
    expect(shape({ reorder: 25, loss: 1 })).toEqual(['loss', '1%']);
  });
});

describe('a partition', () => {
  it('drops what comes from and goes to these addresses, in one transaction', () => {
    const [nft, text] = cutCommand(['172.20.0.3', '172.20.0.4']);
    expect(nft).toBe('nft');
    expect(text).toContain('inward ip saddr { 172.20.0.3, 172.20.0.4 } drop;');
    expect(text).toContain('outward ip daddr { 172.20.0.3, 172.20.0.4 } drop;');
    expect(text?.startsWith('add table inet faultline_cut; delete table inet faultline_cut;')).toBe(
      true,
    );
  });

  it('from everybody leaves the pod its own loopback', () => {
    expect(cutCommand('all')[1]).toContain('iifname != "lo" drop;');
  });

  it('that is over leaves no table', () => {
    expect(cutCommand([])).toEqual([
      ...['nft', 'add table inet faultline_cut; delete table inet faultline_cut;'],
    ]);
  });
});

describe('rules that cannot be laid', () => {
  it.each([
    ['Error: Specified qdisc kind is unknown.', 'has no netem (sch_netem)'],
    [
      'OCI runtime exec failed: exec: "tc": executable file not found in $PATH',
      'sidecars has no tc',
    ],
    ['netlink: Error: Could not process rule: Operation not supported', 'has no nftables'],
    ['something else', 'something else'],
  ])('%s', (said, expected) => {
    expect(explainRules(said)).toContain(expected);
  });
});
