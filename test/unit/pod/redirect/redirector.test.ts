import { describe, expect, it } from 'vitest';
import { Redirector } from '../../../../src-main/pod/redirect/redirector.ts';

const WIRING = {
  names: [],
  redirects: [{ address: '127.7.0.1', port: 80, to: 40_001 }],
  entries: [],
  open: [15_006],
};

/** A system where these programs fail; `ran` has what was run, with its input. */
function system(failing: readonly string[], hasIpv6 = false) {
  const ran: { program: string; input: string }[] = [];
  const run = (program: string, _: readonly string[], input: string): Promise<void> => {
    ran.push({ program, input });
    const fails = failing.includes(program);
    return fails ? Promise.reject(new Error(`${program} is not installed`)) : Promise.resolve();
  };
  return { ran, redirector: new Redirector(run, () => Promise.resolve(hasIpv6)) };
}

describe('the rules of a pod', () => {
  it('are laid by nftables where that works', async () => {
    const { ran, redirector } = system([]);
    expect(await redirector.lay(WIRING)).toEqual({ means: 'nftables' });
    expect(ran.map(({ program }) => program)).toEqual(['nft', 'nft']);
    expect(ran.at(-1)?.input).toContain('127.7.0.1');
  });

  it('are laid by iptables elsewhere, for IPv6 as well, and why is said', async () => {
    const { ran, redirector } = system(['nft'], true);
    const reason = 'nft is not installed';
    expect(await redirector.lay(WIRING)).toEqual({ means: 'iptables', reason });
    expect(ran.map(({ program }) => program)).toEqual([
      ...['nft', 'iptables-restore', 'ip6tables-restore'],
      ...['iptables-restore', 'ip6tables-restore'],
    ]);
    await redirector.lay(WIRING);
    const jumps = ran.filter(({ input }) => input.includes('-I OUTPUT'));
    expect(jumps).toHaveLength(1);
  });

  it('are none where neither works, and why is said', async () => {
    const { redirector } = system(['nft', 'iptables-restore']);
    const reason = 'nft is not installed; iptables-restore is not installed';
    expect(await redirector.lay(WIRING)).toEqual({ means: 'none', reason });
  });

  it('are refused aloud where they are wrong, not taken for a system without them', async () => {
    const failing: string[] = [];
    const { redirector } = system(failing);
    await redirector.lay(WIRING);
    failing.push('nft');
    await expect(redirector.lay(WIRING)).rejects.toThrow('nft is not installed');
  });
});
