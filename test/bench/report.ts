/** What was measured, for people and for programs. */
import { SCENE_HEAD, figureRows, sceneRows } from './app/report.ts';
import type { AppReport } from './app/report.ts';
import type { BenchCase } from './cases/case.ts';
import type { CaseFigures } from './cases/run.ts';
import type { HistoryFigures } from './history.ts';
import type { DockerFigures } from './docker.ts';
import type { HopFigures } from './hop.ts';
import type { ShopFigures } from './shop.ts';

/** Undefined is what was not asked for. */
export interface Report {
  /** Faultline first. */
  readonly hop: readonly HopFigures[] | undefined;
  /** Bytes for one more sidecar. */
  readonly memory: number | undefined;
  readonly shop: ShopFigures | undefined;
  readonly history: HistoryFigures | undefined;
  readonly app: AppReport | undefined;
  /** Faultline first. */
  readonly containers: readonly DockerFigures[] | undefined;
  /** The figures of each: Faultline first; none where a program was missing. */
  readonly cases: readonly (BenchCase & { readonly figures: readonly CaseFigures[] })[];
  readonly versions: Readonly<Record<string, string>>;
  readonly cores: number;
  readonly node: string;
}

function ratio(ours: number, theirs: number): number {
  return Number((ours / theirs).toFixed(3));
}

/** Everybody's figures against the first's, which are ours. */
function ratios(name: string, figures: readonly CaseFigures[]): object[] {
  const [ours, ...peers] = figures;
  if (!ours) return [];
  return peers.map((peer) => ({
    name,
    peer: peer.peer,
    throughputRatio: ratio(ours.throughput, peer.throughput),
    ...(ours.p50 !== undefined && { p50Ratio: ratio(ours.p50, peer.p50 ?? 0) }),
    ...(ours.p99 !== undefined && { p99Ratio: ratio(ours.p99, peer.p99 ?? 0) }),
    cpuRatio: ratio(ours.cpu, peer.cpu),
    ...(ours.memory !== undefined && { memoryRatio: ratio(ours.memory, peer.memory ?? 0) }),
  }));
}

export function printJson(report: Report): void {
  const { hop, memory, shop, history, app, containers, cases, versions, cores, node } = report;
  const document = {
    cases: [
      ...ratios('two-sidecar mTLS hop, small GET', hop ?? []),
      ...cases.flatMap(({ title, figures }) => ratios(title, figures)),
    ],
    hop,
    figures: cases.map(({ name, title, unit, figures }) => ({ name, title, unit, figures })),
    ...(memory !== undefined && { memory: { perSidecarBytes: Math.round(memory) } }),
    ...(shop && {
      startup: { shopMs: Math.round(shop.startup) },
      config: { changeMs: shop.change },
      delay: { p99DeviationMs: shop.delay },
    }),
    ...(history && { history }),
    ...(app && { app }),
    ...(containers && { containers }),
    machine: { cores, node, versions },
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

export function printTables(report: Report): void {
  const { hop, cases, versions, cores, node } = report;
  const lines = [
    `Two sidecars with mutual TLS in one thread; ${cores} cores, Node ${node}.`,
    ...(hop ? ['', 'Small GET', '', ...hopTable(hop, versions)] : []),
    ...cases.flatMap((one) => {
      return one.figures.length === 0 ? [] : ['', one.title, '', ...caseTable(one, versions)];
    }),
    ...otherTable(report),
    ...(report.app ? appTables(report.app) : []),
    ...(report.containers ? dockerTable(report.containers) : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function hopTable(hop: readonly HopFigures[], versions: Report['versions']): string[] {
  const ours = hop[0] as HopFigures;
  const rows = hop.map(({ peer, throughput, p50, p99, cpu }) => [
    named(peer, versions),
    throughput.toFixed(0),
    `${p50.toFixed(3)} ms`,
    `${p99.toFixed(3)} ms`,
    `${(cpu * 1000).toFixed(0)} ms`,
    ratio(ours.throughput, throughput).toFixed(2),
  ]);
  const head = ['requests/s at 32 connections', 'added p50 at one', 'added p99 at one'];
  return table(['', ...head, 'CPU for 1,000', 'Faultline / peer'], rows);
}

function caseTable(
  { unit, figures }: Report['cases'][number],
  versions: Report['versions'],
): string[] {
  const ours = figures[0] as CaseFigures;
  const hasTimes = ours.p50 !== undefined;
  const hasMemory = ours.memory !== undefined;
  const milliseconds = (value = 0): string => `${value.toFixed(2)} ms`;
  const rows = figures.map(({ peer, throughput, p50, p99, cpu, memory = 0 }) => [
    named(peer, versions),
    throughput.toFixed(0),
    ...(hasTimes ? [milliseconds(p50), milliseconds(p99)] : []),
    `${(cpu * 1000).toFixed(0)} ms`,
    ...(hasMemory ? [`${(memory / 1024).toFixed(1)} KiB`] : []),
    ratio(ours.throughput, throughput).toFixed(2),
  ]);
  const times = hasTimes ? ['p50', 'p99'] : [];
  const memory = hasMemory ? ['memory of an idle one'] : [];
  return table(['', unit, ...times, 'CPU for 1,000', ...memory, 'Faultline / peer'], rows);
}

function named(peer: string, versions: Report['versions']): string {
  const version = peer === 'Faultline' ? undefined : versions[peer];
  return version === undefined ? peer : `${peer} ${version}`;
}

function appTables(app: AppReport): string[] {
  return [
    ...['', 'The app in Chromium, drawn in software', ''],
    ...table(SCENE_HEAD, sceneRows(app)),
    '',
    ...table(['what', 'measured', 'goal'], figureRows(app)),
  ];
}

function dockerTable(figures: readonly DockerFigures[]): string[] {
  const rows = figures.map(({ name, startup, memory, containers, throughput, p50, p99 }) => [
    name,
    `${(startup / 1000).toFixed(2)} s`,
    `${(memory / 1024 / 1024).toFixed(0)} MiB in ${containers}`,
    throughput.toFixed(0),
    `${p50.toFixed(1)} ms`,
    `${p99.toFixed(1)} ms`,
  ]);
  const head = ['', 'to the first page', 'memory, containers', 'pages/s', 'p50', 'p99'];
  return ['', '`fixtures/shop` in containers', '', ...table(head, rows)];
}

function otherTable({ memory, shop, history }: Report): string[] {
  const rows = [
    ...(memory === undefined
      ? []
      : [['memory of one more sidecar', `${(memory / 1024 / 1024).toFixed(2)} MiB`]]),
    ...(shop
      ? [
          [
            '`fixtures/shop` from the command to its first page',
            `${(shop.startup / 1000).toFixed(2)} s`,
          ],
          ['a change, from edit to the last proxy', `${shop.change.toFixed(1)} ms`],
          ['injected delay against the delay asked for, p99', `${shop.delay.toFixed(2)} ms`],
        ]
      : []),
    ...(history
      ? [
          [
            `memory for ${history.requests} requests of ${history.newest} hops`,
            `${(history.memory / 1024 / 1024).toFixed(0)} MiB`,
          ],
        ]
      : []),
  ];
  return rows.length === 0 ? [] : ['', ...table(['what', 'measured'], rows)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
}
