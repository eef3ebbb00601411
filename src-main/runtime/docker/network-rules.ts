/** What the network of a pod is told by `tc` and `nft`, in their own words. Pure. */
import type { PacketShape } from '../runtime.ts';

/** The pod's interface in the mesh's network. */
const INTERFACE = 'eth0';
const TABLE = 'inet faultline_cut';

/** Arguments of `tc` that let packets leave the pod late, or not at all (tc-netem(8)). */
export function shapeCommand({ delay, jitter, loss, reorder }: PacketShape): string[] {
  return [
    ...['tc', 'qdisc', 'replace', 'dev', INTERFACE, 'root', 'netem'],
    // Jitter without a distribution is uniform, and needs a delay to vary.
    ...(delay > 0 ? ['delay', `${delay}ms`, ...(jitter > 0 ? [`${jitter}ms`] : [])] : []),
    ...(loss > 0 ? ['loss', `${loss}%`] : []),
    ...(reorder > 0 && delay > 0 ? ['reorder', `${reorder}%`] : []),
  ];
}

/** As the pod was made. */
export function unshapeCommand(): string[] {
  return ['tc', 'qdisc', 'del', 'dev', INTERFACE, 'root'];
}

/**
 * `nft`'s transaction that drops packets from and to these addresses, before anything else sees them;
 * `all`: all that come from outside of the pod. None: nothing is dropped any more.
 */
export function cutCommand(addresses: 'all' | readonly string[]): string[] {
  // To delete a table that is not there would be an error: it is added first.
  const clear = `add table ${TABLE}; delete table ${TABLE};`;
  if (addresses.length === 0) return ['nft', clear];
  const [inward, outward] =
    addresses === 'all'
      ? ['iifname != "lo" drop', 'oifname != "lo" drop']
      : [`ip saddr { ${addresses.join(', ')} } drop`, `ip daddr { ${addresses.join(', ')} } drop`];
  return [
    'nft',
    [
      clear,
      `add table ${TABLE};`,
      `add chain ${TABLE} inward { type filter hook input priority -250; };`,
      `add chain ${TABLE} outward { type filter hook output priority -250; };`,
      `add rule ${TABLE} inward ${inward};`,
      `add rule ${TABLE} outward ${outward};`,
    ].join(' '),
  ];
}

/** What `tc` and `nft` say where the kernel or the image lacks something, with what to do. */
export function explainRules(said: string): string {
  const text = said.trim();
  if (/qdisc kind is unknown|RTNETLINK answers: No such file/i.test(text)) {
    return "the kernel of the container engine has no netem (sch_netem): use the proxies' delays, or an engine whose kernel has it";
  }
  if (/executable file not found|no such file or directory/i.test(text)) {
    const program = /exec: \\?"(\w+)/.exec(text)?.[1] ?? 'the program';
    return `the image of the sidecars has no ${program}: give them another base with it`;
  }
  if (/operation not supported|protocol not supported/i.test(text)) {
    return 'the kernel of the container engine has no nftables';
  }
  return text;
}
