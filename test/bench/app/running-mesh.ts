/** The app before an engine that runs a large mesh of stubs. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { RpcClient } from '../../support/rpc-client.ts';
import { tempMesh } from '../../support/temp-mesh.ts';
import { runUp } from '../../support/up.ts';
import type { RunningMesh } from '../../support/up.ts';
import { cpuSeconds } from '../cpu.ts';
import { PageProbe } from './page-probe.ts';
import { browserSeconds, mainThreadSeconds } from './processes.ts';
import { paintFigure, sightFigures } from './report.ts';
import type { AppPlan, AppReport, Figure } from './report.ts';
import { SCENES, measureScene } from './scenes.ts';

/** Visitors per second that are tried, and by which it is known that it was too many. */
const VISITORS = [20, 40, 80, 120, 160, 240];
const BORNE = 0.9;
/** The window of the figures has to be full, milliseconds. */
const WINDOW = 7_000;
/** The gateway's ways in, each to a service of its own. */
/** What the panel of an edge says then. */
const IDLE = 'No calls in the last five seconds';
const DOORS = [
  { path: '/', to: 'web-api' },
  { path: '/mobile', to: 'mobile-api' },
  { path: '/partners', to: 'partners-api' },
];

export async function measureRunning(
  browser: Browser,
  text: string,
  services: number,
  plan: AppPlan,
): Promise<AppReport> {
  const name = `${services} services running`;
  const quiet = text.replace('port: 8080', 'port: 0').replace('visitors:', '$&\n  enabled: false');
  const copy = await tempMesh(quiet);
  const began = performance.now();
  const mesh = await runUp(copy);
  const start = performance.now() - began;
  try {
    const probe = await PageProbe.open(browser, mesh.up.app.url);
    await probe.page.getByTestId('graph').locator('canvas').first().waitFor();
    const startFigure = { what: `${name}: start`, value: start, unit: 'ms' };
    const figures: Figure[] = [
      services <= 200 ? { ...startFigure, goal: 3000 } : startFigure,
      paintFigure(name, await probe.firstPaint()),
      ...(await measureIdle(mesh, name, plan.seconds)),
      ...sightFigures(name, await measureSights(mesh, probe, plan.looks)),
    ];
    const visits = await Visits.of(mesh);
    const { visitors, rate } = await visits.most();
    const cpu = await cpuWhile(mesh, () => pause(plan.seconds * 1000));
    const scenes = [];
    for (const scene of SCENES)
      scenes.push(
        await measureScene(probe, `${name}, ${Math.round(rate)} requests/s`, scene, plan.seconds),
      );
    await visits.close();
    if (probe.errors.length > 0) throw new Error(probe.errors.join('\n'));
    await probe.close();
    const engine = {
      what: `${name}: engine's own thread with ${visitors} visitors/s`,
      unit: 'cores',
    };
    return {
      scenes,
      figures: [
        ...figures,
        { what: `${name}: requests on all edges that this machine bears`, value: rate, unit: '/s' },
        { ...engine, value: cpu.main / plan.seconds, goal: 0.5 },
      ],
    };
  } finally {
    await mesh.close();
  }
}

async function measureIdle(mesh: RunningMesh, name: string, seconds: number): Promise<Figure[]> {
  await pause(WINDOW);
  const before = browserSeconds();
  const { all } = await cpuWhile(mesh, () => pause(2 * seconds * 1000));
  const after = browserSeconds();
  const of = (value: number): number => (100 * value) / (2 * seconds);
  return [
    {
      what: `${name}: page, idle`,
      value: of(after.page - before.page),
      unit: '% of a core',
      goal: 2,
    },
    {
      what: `${name}: drawing, idle`,
      value: of(after.drawing - before.drawing),
      unit: '% of a core',
      goal: 2,
    },
    { what: `${name}: engine and proxies, idle`, value: of(all), unit: '% of a core', goal: 2 },
  ];
}

/** Seconds of processor time: of the engine's process, and of its main thread. */
async function cpuWhile(
  { pid }: RunningMesh,
  task: () => Promise<unknown>,
): Promise<{ all: number; main: number }> {
  const [all, main] = [cpuSeconds(pid), mainThreadSeconds(pid)];
  await task();
  return { all: cpuSeconds(pid) - all, main: mainThreadSeconds(pid) - main };
}

/** Milliseconds from an answer of the gateway to the frame that shows its request on an idle edge. */
async function measureSights(
  mesh: RunningMesh,
  probe: PageProbe,
  looks: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < looks; i++) {
    const { path, to } = DOORS[i % DOORS.length] ?? { path: '/', to: 'web-api' };
    await probe.go(`#/mesh/gateway/${to}`);
    // Idle again: nothing in its window.
    await probe.seen(IDLE);
    const seen = probe.seen(IDLE, false);
    await (await fetch(new URL(path, mesh.up.gateway.url))).text();
    const ended = performance.timeOrigin + performance.now();
    times.push((await seen) - ended);
  }
  await probe.go('');
  return times;
}

class Visits {
  readonly #rpc: RpcClient;
  #version: number;

  private constructor(rpc: RpcClient, version: number) {
    this.#rpc = rpc;
    this.#version = version;
  }

  static async of(mesh: RunningMesh): Promise<Visits> {
    const rpc = await RpcClient.connect(mesh.up.app.url);
    const { document } = await rpc.call('subscribe', {});
    return new Visits(rpc, document.version);
  }

  /** The greatest rate that is borne, which goes on, and the requests per second that come of it. */
  async most(): Promise<{ visitors: number; rate: number }> {
    let best = { visitors: 0, rate: 0 };
    for (const visitors of VISITORS) {
      const rate = await this.#at(visitors);
      const expected = (best.rate / (best.visitors || 1)) * visitors;
      if (best.visitors > 0 && rate < BORNE * expected) break;
      best = { visitors, rate };
    }
    return { visitors: best.visitors, rate: await this.#at(best.visitors) };
  }

  close(): Promise<void> {
    return this.#rpc.close();
  }

  async #at(rate: number): Promise<number> {
    const edit = { kind: 'set-visitors' as const, enabled: true, rate };
    ({ version: this.#version } = await this.#rpc.call('edit', { base: this.#version, edit }));
    await pause(WINDOW);
    const tick = this.#rpc.deltas.findLast((delta) => delta.kind === 'tick');
    this.#rpc.deltas.length = 0;
    if (tick?.kind !== 'tick') throw new Error('the engine does not tick');
    return tick.edges.reduce((sum, edge) => sum + edge.rate, 0);
  }
}
