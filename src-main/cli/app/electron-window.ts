/** The app's window: an Electron that this process starts and that ends with it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { builtFile } from '../../runtime/built-files.ts';
import { isFromWindow } from '../../shell/messages.ts';
import type { ToWindow } from '../../shell/messages.ts';
import type { AppView, ViewEnd } from './app-view.ts';

/** What a window has to close, in milliseconds, before it is killed. */
const CLOSE_TIME = 3000;

export class ElectronWindow implements AppView {
  readonly ended: Promise<ViewEnd>;
  readonly #child: ChildProcess;

  constructor(binary: string, appUrl: string, onOpenMesh: (file: string) => void) {
    // Chromium's sandbox refuses to work for root; the page is our own.
    const forRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const child = spawn(binary, [...forRoot, builtFile('shell.js')], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, FAULTLINE_APP_URL: appUrl, FAULTLINE_NODE: process.execPath },
    });
    this.#child = child;
    this.ended = endOf(child);
    process.once('exit', () => child.kill());
    child.on('message', (message) => {
      if (isFromWindow(message)) onOpenMesh(message.file);
    });
  }

  show(appUrl: string): void {
    this.#send({ kind: 'show', appUrl });
  }

  refuse(reason: string): void {
    this.#send({ kind: 'refused', reason });
  }

  async close(): Promise<void> {
    // The window takes the channel's end for its own.
    if (this.#child.connected) this.#child.disconnect();
    const force = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_TIME);
    await this.ended;
    clearTimeout(force);
  }

  #send(message: ToWindow): void {
    // A window that is just being closed has no use for it; its end is reported by `ended`.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

function endOf(child: ChildProcess): Promise<ViewEnd> {
  let lastLine = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastLine = text.trimEnd().split('\n').at(-1) ?? lastLine;
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ failure: error.message }));
    child.on('exit', (code, signal) =>
      resolve(
        code === 0 || signal === 'SIGTERM' || signal === 'SIGINT'
          ? {}
          : { failure: lastLine || `it ended with ${code ?? signal}` },
      ),
    );
  });
}
