/** The looks at the app that are measured. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { PageProbe } from './page-probe.ts';
import { browserSeconds } from './processes.ts';
import type { SceneFigures } from './report.ts';

export interface Scene {
  readonly name: string;
  /** From the scene before; the first one is what the app shows by itself. */
  prepare(page: Page): Promise<void>;
}

const openAll: Scene = {
  name: 'all of it from afar',
  async prepare(page) {
    const toggle = page.getByTestId('groups-toggle');
    if ((await toggle.count()) > 0 && (await toggle.textContent()) === 'open all')
      await toggle.click();
  },
};

const close: Scene = {
  name: 'from close by',
  async prepare(page) {
    for (let i = 0; i < 12; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
  },
};

export const SCENES: readonly Scene[] = [
  { name: 'as it opens', prepare: async () => undefined },
  openAll,
  close,
];

/** Until what was clicked has been laid out, drawn and, by the compiler in the browser, made fast. */
const SETTLE = 3_000;

export async function measureScene(
  probe: PageProbe,
  mesh: string,
  scene: Scene,
  seconds: number,
): Promise<SceneFigures> {
  await scene.prepare(probe.page);
  await pause(SETTLE);
  await probe.shift();
  const before = browserSeconds();
  await pause(seconds * 1000);
  const after = browserSeconds();
  const frames = await probe.frames(seconds);
  return {
    scene: `${mesh}, ${scene.name}`,
    frames,
    page: (after.page - before.page) / seconds,
    drawing: (after.drawing - before.drawing) / seconds,
    shift: await probe.shift(),
  };
}
