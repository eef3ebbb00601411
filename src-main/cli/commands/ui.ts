/** `faultline ui`: runs a mesh and shows it. */
import type { RuntimeChoice } from '../../spec/document/normalize-workload.ts';
import { meshPath } from '../mesh-path.ts';
import { openApp } from '../open-app.ts';
import { untilToldToStop } from '../until-told.ts';
import { ShownMesh } from './shown-mesh.ts';

export interface UiOptions {
  readonly browser?: boolean;
  /** False for `--no-open`. */
  readonly open: boolean;
  readonly port: number;
  readonly workers?: number;
  readonly runtime?: RuntimeChoice;
  /** What is opened where no path is given; `npm start` names the shop. */
  readonly defaultPath: string;
}

/** Ends when the window is closed or somebody says so; a browser's tab may come and go. */
export async function ui(path: string | undefined, options: UiOptions): Promise<void> {
  const told = untilToldToStop();
  const end = new AbortController();
  const stopped = told.then(() => end.abort());
  const { port, workers, runtime, browser = false, open } = options;
  const file = meshPath(path ?? options.defaultPath);
  const mesh = await ShownMesh.start({ file, port, workers, runtime });
  const view = await openApp({
    url: mesh.appUrl,
    browser,
    open,
    signal: end.signal,
    onOpenMesh: (chosen) => void change(chosen),
  });
  const change = async (chosen: string): Promise<void> => {
    const refusal = await mesh.change(chosen);
    if (refusal !== undefined) view.refuse(refusal);
    view.show(mesh.appUrl);
  };
  await Promise.race([stopped, view.ended, mesh.lost]);
  end.abort();
  await view.close();
  await mesh.close();
}
