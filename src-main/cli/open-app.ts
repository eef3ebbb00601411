/** Shows the app: in Electron where that can be had, else in the browser, else nowhere. */
import type { AppView } from './app/app-view.ts';
import { hasDisplay, openBrowser } from './app/browser.ts';
import { downloadElectron, findElectron } from './app/electron.ts';
import { ElectronWindow } from './app/electron-window.ts';
import { say } from './output.ts';

export interface OpenOptions {
  /** The app's address, with its token. */
  readonly url: string;
  /** In the browser, even where Electron is there. */
  readonly browser: boolean;
  /** False: nothing is opened; the address has been printed. */
  readonly open: boolean;
  /** Somebody has chosen another document in the window. */
  readonly onOpenMesh: (file: string) => void;
  /** The end of everything; a download that is under way is given up. */
  readonly signal: AbortSignal;
}

/** The address has been printed, and nobody can be told any more. */
const NO_VIEW: AppView = {
  ended: new Promise(() => undefined),
  show: (url) => say(`the app is at ${url}`),
  refuse: say,
  close: () => undefined,
};

export async function openApp(options: OpenOptions): Promise<AppView> {
  if (!options.open) return NO_VIEW;
  if (!hasDisplay()) {
    say('there is no display here: open the address of the app in a browser');
    return NO_VIEW;
  }
  if (options.browser) return inBrowser(options.url);
  const binary = findElectron() ?? (await downloadElectron(options.signal));
  if (options.signal.aborted) return NO_VIEW;
  if (binary) return inElectron(binary, options);
  say('Electron is not here and could not be downloaded: the app opens in the browser');
  return inBrowser(options.url);
}

/** A window that cannot be opened must not take the mesh along: then it is the browser. */
function inElectron(binary: string, { url, onOpenMesh, signal }: OpenOptions): AppView {
  const window = new ElectronWindow(binary, url, onOpenMesh);
  const ended = window.ended.then(async (end) => {
    if (end.failure === undefined || signal.aborted) return end;
    say(`Electron has failed (${end.failure}): the app opens in the browser`);
    return inBrowser(url).ended;
  });
  return {
    ended,
    show: (appUrl) => window.show(appUrl),
    refuse: (reason) => window.refuse(reason),
    close: () => window.close(),
  };
}

function inBrowser(url: string): AppView {
  void openBrowser(url).then((opened) => {
    if (!opened) say(`no browser could be opened: open ${url} by hand`);
  });
  return NO_VIEW;
}
