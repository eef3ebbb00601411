/** `faultline ui`: runs a mesh and shows it. */
import { rmSync } from 'node:fs';
import { meshPath } from '../mesh-path.ts';
import { openApp } from '../open-app.ts';
import { paint, print } from '../output.ts';
import { untilToldToStop } from '../until-told.ts';
import { runMesh } from './run.ts';
import { startSummary } from './summary.ts';

export interface UiOptions {
  readonly browser?: boolean;
  /** False for `--no-open`. */
  readonly open: boolean;
  readonly port: number;
  readonly workers?: number;
}

export async function ui(path: string, options: UiOptions): Promise<void> {
  const told = untilToldToStop();
  const { port, workers } = options;
  const running = await runMesh({ file: meshPath(path), port, workers });
  const { engine, api } = running;
  print(`gateway  ${engine.gatewayUrl}`);
  print(`app      ${api.url}`);
  void engine.settled().then(() => print(summaryOf(engine)));
  const stop = startSummary(engine);
  const closed = await openApp({
    url: api.url,
    browser: options.browser ?? false,
    open: options.open,
  });
  await Promise.race([told, closed]);
  stop();
  await running.close();
  rmSync(running.trustBundle, { force: true });
}

function summaryOf(engine: { instances(): { status: string }[] }): string {
  const all = engine.instances();
  const ready = all.filter(({ status }) => status === 'ready').length;
  const text = `${ready} of ${all.length} instances are ready`;
  return paint(ready === all.length ? 'green' : 'red', text, process.stdout);
}
