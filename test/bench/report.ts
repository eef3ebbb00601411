/** What was measured, for people and for programs. */
import type { HopFigures } from './hop.ts';
import type { ShopFigures } from './shop.ts';

export interface Report {
  /** Faultline first. */
  readonly hop: readonly HopFigures[];
  /** Bytes for one more sidecar. */
  readonly memory: number;
  readonly shop: ShopFigures;
  readonly versions: Readonly<Record<string, string>>;
  readonly cores: number;
  readonly node: string;
}

function ratio(ours: number, theirs: number): number {
  return Number((ours / theirs).toFixed(3));
}

export function printJson({ hop, memory, shop, versions, cores, node }: Report): void {
  const [ours, ...peers] = hop as [HopFigures, ...HopFigures[]];
  const cases = peers.map((peer) => ({
    name: 'two-sidecar mTLS hop, small GET',
    peer: peer.peer,
    throughputRatio: ratio(ours.throughput, peer.throughput),
    p50Ratio: ratio(ours.p50, peer.p50),
    p99Ratio: ratio(ours.p99, peer.p99),
    cpuRatio: ratio(ours.cpu, peer.cpu),
  }));
  const document = {
    cases,
    hop,
    memory: { perSidecarBytes: Math.round(memory) },
    startup: { shopMs: Math.round(shop.startup) },
    config: { changeMs: shop.change },
    delay: { p99DeviationMs: shop.delay },
    machine: { cores, node, versions },
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

export function printTables({ hop, memory, shop, versions, cores, node }: Report): void {
  const ours = hop[0] as HopFigures;
  const rows = hop.map(({ peer, throughput, p50, p99, cpu }) => [
    `${peer}${peer === ours.peer ? '' : ` ${versions[peer] ?? ''}`}`,
    throughput.toFixed(0),
    `${p50.toFixed(3)} ms`,
    `${p99.toFixed(3)} ms`,
    `${(cpu * 1000).toFixed(0)} ms`,
    ratio(ours.throughput, throughput).toFixed(2),
  ]);
  const lines = [
    `Two sidecars with mutual TLS in one thread, small GET; ${cores} cores, Node ${node}.`,
    '',
    ...table(
      [
        '',
        'requests/s at 32 connections',
        'added p50 at one',
        'added p99 at one',
        'CPU for 1,000',
        'Faultline / peer',
      ],
      rows,
    ),
    '',
    ...table(
      ['what', 'measured'],
      [
        ['memory of one more sidecar', `${(memory / 1024 / 1024).toFixed(2)} MiB`],
        [
          '`fixtures/shop` from the command to its first page',
          `${(shop.startup / 1000).toFixed(2)} s`,
        ],
        ['a change, from edit to the last proxy', `${shop.change.toFixed(1)} ms`],
        ['injected delay against the delay asked for, p99', `${shop.delay.toFixed(2)} ms`],
      ],
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
}
