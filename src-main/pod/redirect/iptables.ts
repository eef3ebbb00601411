/** A pod's rules for iptables-restore(8), where the kernel or the image has no nftables. */
import type { PodWiring } from '../messages.ts';

const OUTPUT = 'FAULTLINE_OUTPUT';
const PREROUTING = 'FAULTLINE_PREROUTING';
const INPUT = 'FAULTLINE_INPUT';

/**
 * For `iptables-restore --noflush`: chains of our own are emptied and filled in one transaction per
 * table, those of the container engine (its DNS) stay. The same rules as in `nftables.ts`.
 * @param isFirst the built-in chains do not lead to ours yet
 */
export function iptablesScript(wiring: PodWiring, isFirst: boolean): string {
  const { redirects, entries, open } = wiring;
  const out = redirects.map(
    ({ address, port, to }) =>
      `-A ${OUTPUT} -d ${address}/32 -p tcp -m tcp --dport ${port} -j REDIRECT --to-ports ${to}`,
  );
  const into = entries.map(
    ({ port, to }) =>
      `-A ${PREROUTING} ! -i lo -p tcp -m tcp --dport ${port} -j REDIRECT --to-ports ${to}`,
  );
  const jumps = [`-I OUTPUT 1 -j ${OUTPUT}`, `-I PREROUTING 1 -j ${PREROUTING}`];
  return [
    '*nat',
    `:${OUTPUT} - [0:0]`,
    `:${PREROUTING} - [0:0]`,
    ...(isFirst ? jumps : []),
    ...out,
    ...into,
    'COMMIT',
    ...filterTable(open, 'icmp', isFirst),
  ].join('\n');
}

/** The same for `ip6tables-restore`: nothing is redirected there, and nothing comes in. */
export function ip6tablesScript({ open }: PodWiring, isFirst: boolean): string {
  return filterTable(open, 'ipv6-icmp', isFirst).join('\n');
}

function filterTable(open: readonly number[], icmp: string, isFirst: boolean): string[] {
  return [
    '*filter',
    `:${INPUT} - [0:0]`,
    ...(isFirst ? [`-I INPUT 1 -j ${INPUT}`] : []),
    `-A ${INPUT} -i lo -j ACCEPT`,
    `-A ${INPUT} -m state --state ESTABLISHED,RELATED -j ACCEPT`,
    `-A ${INPUT} -p ${icmp} -j ACCEPT`,
    ...open.map((port) => `-A ${INPUT} -p tcp -m tcp --dport ${port} -j ACCEPT`),
    `-A ${INPUT} -p tcp -j REJECT --reject-with tcp-reset`,
    `-A ${INPUT} -j DROP`,
    'COMMIT',
    '',
  ];
}
