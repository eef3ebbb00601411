/** The engine as a process of its own, when the shell was started first. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface EngineProcessOptions {
  /** The built command. */
  readonly cli: string;
  readonly mesh: string;
  /** Node, or Electron's own binary, which is Node when it is told so. */
  readonly node: string;
}

/** How long an engine has to stop its mesh before it is killed, in milliseconds. */
const STOP_TIME = 8_000;
const LAST_LINES = 12;

export class EngineProcess {
  readonly #child: ChildProcess;
  #errors: string[] = [];
  #stopping = false;

  /** `onLost`: the engine has ended without being told to; its last words. */
  constructor(options: EngineProcessOptions, onLost: (lastWords: string) => void) {
    this.#child = spawn(options.node, [options.cli, 'up', options.mesh, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const stderr = this.#child.stderr;
    if (stderr) {
      createInterface({ input: stderr }).on('line', (line) => {
        this.#errors = [...this.#errors, line].slice(-LAST_LINES);
      });
    }
    this.#child.on('error', (error) => this.#errors.push(error.message));
    this.#child.on('close', () => {
      if (!this.#stopping) onLost(this.#errors.join('\n'));
    });
  }

  /** The app's address, once all is ready. Never resolves where the engine ends before. */
  appUrl(): Promise<string> {
    return new Promise((resolve) => {
      const { stdout } = this.#child;
      if (!stdout) return;
      createInterface({ input: stdout }).once('line', (line) => {
        resolve((JSON.parse(line) as { app: { url: string } }).app.url);
        // The lines that follow are events, which the app gets by itself.
        stdout.resume();
      });
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => void this.#child.once('close', () => resolve()));
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIME);
    await gone;
    clearTimeout(force);
  }
}
