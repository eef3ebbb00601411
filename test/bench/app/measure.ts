/**
 * The app with a large mesh, in Chromium: with `fixtures/scale` running behind it, as much of it as
 * this machine can bear; and, since that is less than what the app is held to, with figures of 5,000
 * requests a second that are only told.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { packageFolder } from '../../../src-main/runtime/built-files.ts';
import { openBrowser } from '../../support/browser.ts';
import { PageProbe } from './page-probe.ts';
import { measureRunning } from './running-mesh.ts';
import { SCENES, measureScene } from './scenes.ts';
import { figureRows, paintFigure, sceneRows, sightFigures } from './report.ts';
import type { AppPlan, AppReport } from './report.ts';
import { ToldMesh } from './told-mesh.ts';

/** Requests per second over all edges. */
const RATE = 5_000;
/** Times as large as the fixture. */
const SIZES = [1, 5];

export async function measureApp(plan: AppPlan, say: (text: string) => void): Promise<AppReport> {
  const browser = await openBrowser();
  const parts: AppReport[] = [];
  const keep = (part: AppReport): void => {
    parts.push(part);
    for (const row of [...sceneRows(part), ...figureRows(part)]) say(`  ${row.join(' | ')}`);
  };
  try {
    for (const size of SIZES) {
      say(`the app, told of ${200 * size} services and ${RATE} requests/s`);
      keep(await measureTold(browser, size, plan));
    }
    for (const size of SIZES.slice(0, plan.running)) {
      say(`the app, with ${200 * size} services running`);
      keep(await measureRunning(browser, documentOf(size), 200 * size, plan));
    }
    return {
      scenes: parts.flatMap(({ scenes }) => scenes),
      figures: parts.flatMap(({ figures }) => figures),
    };
  } finally {
    await browser.close();
  }
}

/** The fixture's document, or one so many times as large. */
function documentOf(size: number): string {
  const generator = join(packageFolder(), 'fixtures/scale/generate.mjs');
  return execFileSync(process.execPath, [generator, String(size)], { encoding: 'utf8' });
}

async function measureTold(browser: Browser, size: number, plan: AppPlan): Promise<AppReport> {
  const mesh = await ToldMesh.start(documentOf(size), RATE);
  const name = `${200 * size} services told of`;
  try {
    const probe = await PageProbe.open(browser, mesh.url);
    await probe.page.getByTestId('graph').locator('canvas').first().waitFor();
    const painted = await probe.firstPaint();
    const scenes = [];
    let sights: number[] = [];
    for (const scene of SCENES) {
      scenes.push(await measureScene(probe, name, scene, plan.seconds));
      if (scene === SCENES[0]) sights = await measureSights(mesh, probe, plan.looks);
    }
    if (probe.errors.length > 0) throw new Error(probe.errors.join('\n'));
    await probe.close();
    return { scenes, figures: [paintFigure(name, painted), ...sightFigures(name, sights)] };
  } finally {
    await mesh.close();
  }
}

/** Milliseconds from a figure that the engine tells to the frame that shows it. */
async function measureSights(mesh: ToldMesh, probe: PageProbe, looks: number): Promise<number[]> {
  const { from, to } = mesh.feed.first;
  await probe.go(`#/mesh/${from}/${to}`);
  const times: number[] = [];
  for (let i = 0; i < looks; i++) {
    const told = i % 2 === 0 ? 11 : 22;
    const seen = probe.seen(`${told}.0/s`);
    mesh.feed.told = told;
    const began = performance.timeOrigin + performance.now();
    mesh.tellNow();
    times.push((await seen) - began);
  }
  mesh.feed.told = undefined;
  await probe.go('');
  return times;
}
