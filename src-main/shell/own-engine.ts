/** The engine as a process of this window's own, where the window was started first. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineEvents, EngineHost } from './engine-host.ts';

export interface OwnEngineOptions {
  /** The built command. */
  readonly cli: string;
  /** Node, or Electron's own binary, which is Node when it is told so. */
  readonly node: string;
  readonly events: Pick<EngineEvents, 'onApp' | 'onLost'>;
}

/** How long an engine has to stop its mesh before it is killed, in milliseconds. */
const STOP_TIME = 8_000;
/** Lines of its standard error that are kept for the message about its end. */
const LAST_LINES = 12;

export class OwnEngine implements EngineHost {
  readonly #options: OwnEngineOptions;
  #run: EngineRun | undefined;
  /** One after the other: two engines would want the same gateway port. */
  #changes: Promise<void> = Promise.resolve();

  constructor(options: OwnEngineOptions) {
    this.#options = options;
  }

  open(mesh: string): void {
    this.#change(() => (this.#run = new EngineRun(mesh, this.#options)));
  }

  async stop(): Promise<void> {
    this.#change(() => (this.#run = undefined));
    await this.#changes;
  }

  #change(then: () => void): void {
    this.#changes = this.#changes.then(() => this.#run?.stop()).then(then);
  }
}

/** One process, from its start to its end. */
class EngineRun {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #lastWords: string[] = [];
  #stopping = false;

  constructor(mesh: string, { cli, node, events }: OwnEngineOptions) {
    // The channel is never spoken on: its end, however this process ends, tells the engine to stop.
    const child = spawn(node, [cli, 'up', mesh, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    this.#child = child;
    // `close` comes after the last words, but not at all once the channel has been closed from here.
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(this.#hear(error.message)));
      child.once('exit', () => resolve());
    });
    child.once('close', () => {
      if (!this.#stopping) events.onLost(mesh, this.#lastWords.join('\n'));
    });
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => this.#hear(line));
    }
    if (!child.stdout) return;
    // The lines after the first are events, which the app gets by itself.
    createInterface({ input: child.stdout }).once('line', (line) => {
      if (!this.#stopping) events.onApp((JSON.parse(line) as { app: { url: string } }).app.url);
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.connected) this.#child.disconnect();
    const force = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIME);
    await this.#ended;
    clearTimeout(force);
  }

  #hear(line: string): void {
    this.#lastWords = [...this.#lastWords, line].slice(-LAST_LINES);
  }
}
