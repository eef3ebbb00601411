/** A pod's rules as a script for nft(8): one transaction, so that there is never a moment without. */
import type { PodWiring } from '../messages.ts';

const TABLE = 'faultline';

/**
 * Out: a peer's virtual address leads to the sidecar's listener for it; this acts on what is made in
 * the pod, before it is routed. In: ports that are open by way of the sidecar; answers, loopback, ICMP and the open ports; TCP is refused with a
 * reset, as by a port that nobody listens on, and all else is dropped.
 * @param hasIpv6 the pod has an address of it: it is kept shut as well
 */
export function nftablesScript(wiring: PodWiring, hasIpv6: boolean): string {
  const { redirects, entries, open } = wiring;
  const families = hasIpv6 ? ['ip', 'ip6'] : ['ip'];
  const reset = families.flatMap((family) => [
    // To add what may be there makes the deletion one of something that is.
    `add table ${family} ${TABLE}`,
    `delete table ${family} ${TABLE}`,
  ]);
  const out = redirects.map(
    ({ address, port, to }) => `ip daddr ${address} tcp dport ${port} redirect to :${to}`,
  );
  const into = entries.map(
    ({ port, to }) => `iifname != "lo" tcp dport ${port} redirect to :${to}`,
  );
  return [
    ...reset,
    `table ip ${TABLE} {`,
    ...chain('output', 'type nat hook output priority -100; policy accept;', out),
    ...chain('prerouting', 'type nat hook prerouting priority -100; policy accept;', into),
    ...inputChain('icmp', open),
    '}',
    ...(hasIpv6 ? [`table ip6 ${TABLE} {`, ...inputChain('ipv6-icmp', open), '}'] : []),
    '',
  ].join('\n');
}

function inputChain(icmp: string, open: readonly number[]): string[] {
  const ports = open.length === 0 ? [] : [`tcp dport { ${open.join(', ')} } accept`];
  return chain('input', 'type filter hook input priority 0; policy drop;', [
    'iifname "lo" accept',
    'ct state established,related accept',
    `meta l4proto ${icmp} accept`,
    ...ports,
    'meta l4proto tcp reject with tcp reset',
  ]);
}

function chain(name: string, kind: string, rules: readonly string[]): string[] {
  return [`  chain ${name} {`, ...[kind, ...rules].map((one) => `    ${one}`), '  }'];
}
