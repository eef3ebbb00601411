import { describe, expect, it } from 'vitest';
import type { PodWiring } from '../../../../src-main/pod/messages.ts';
import { ip6tablesScript, iptablesScript } from '../../../../src-main/pod/redirect/iptables.ts';
import { nftablesScript } from '../../../../src-main/pod/redirect/nftables.ts';

const WIRING: PodWiring = {
  names: [],
  redirects: [
    { address: '127.7.0.1', port: 8080, to: 40_001 },
    { address: '127.7.0.2', port: 5432, to: 40_002 },
  ],
  entries: [{ port: 8080, to: 15_006 }],
  open: [15_006],
};

describe('the rules of a pod for nftables', () => {
  it('replace the whole table in one script', () => {
    const lines = nftablesScript(WIRING, false).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'add table ip faultline',
      'delete table ip faultline',
      'table ip faultline {',
    ]);
  });

  it('lead peers to the sidecar, and refuse what is not open', () => {
    const script = nftablesScript(WIRING, false);
    expect(script).toContain('ip daddr 127.7.0.1 tcp dport 8080 redirect to :40001');
    expect(script).toContain('ip daddr 127.7.0.2 tcp dport 5432 redirect to :40002');
    expect(script).toContain('iifname != "lo" tcp dport 8080 redirect to :15006');
    expect(script).toContain('tcp dport { 15006 } accept');
    expect(script).toContain('meta l4proto tcp reject with tcp reset');
    expect(script).not.toContain('ip6');
  });

  it('keep IPv6 shut where the pod has an address of it', () => {
    const script = nftablesScript(WIRING, true);
    const [, ip6 = ''] = script.split('table ip6 faultline {');
    expect(ip6).toContain('policy drop');
    expect(ip6).not.toContain('redirect');
  });

  it('have no empty set, which nft does not take', () => {
    expect(nftablesScript({ ...WIRING, open: [] }, true)).not.toContain('{  }');
  });
});

describe('the rules of a pod for iptables', () => {
  it('fill chains of their own, to which the built-in ones lead once', () => {
    const first = iptablesScript(WIRING, true);
    const second = iptablesScript(WIRING, false);
    expect(first).toContain('-I OUTPUT 1 -j FAULTLINE_OUTPUT');
    expect(first).toContain('-I INPUT 1 -j FAULTLINE_INPUT');
    expect(second).not.toContain('-I ');
    expect(second).toContain(
      '-A FAULTLINE_OUTPUT -d 127.7.0.2/32 -p tcp -m tcp --dport 5432 -j REDIRECT --to-ports 40002',
    );
    expect(second).toContain(
      '-A FAULTLINE_PREROUTING ! -i lo -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 15006',
    );
    expect(second.match(/^COMMIT$/gm)).toHaveLength(2);
  });

  it('redirect nothing of IPv6', () => {
    const script = ip6tablesScript(WIRING, false);
    expect(script).not.toContain('*nat');
    expect(script).toContain('-A FAULTLINE_INPUT -p tcp -m tcp --dport 15006 -j ACCEPT');
  });
});
