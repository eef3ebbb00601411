/** The engine's side of the guardian. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { builtFile } from '../../built-files.ts';
import type { GuardianOrder } from './orders.ts';

export class Guardian {
  readonly #process: ChildProcess;

  /** @throws Error where the guardian has not been built. */
  constructor(onLost: (reason: string) => void) {
    this.#process = spawn(process.execPath, [builtFile('guardian.js')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      // In Electron the same binary is Node only when it is told so.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    this.#process.unref();
    this.#process.on('error', (error) => onLost(error.message));
    this.#process.on('exit', (code) => {
      if (!this.#closed) onLost(`it ended with code ${code}`);
    });
    // A guardian that has died is reported by `exit`; the broken pipe says nothing more.
    this.#process.stdin?.on('error', () => undefined);
  }

  #closed = false;

  watch(group: number): void {
    this.#order({ watch: group });
  }

  forget(group: number): void {
    this.#order({ forget: group });
  }

  /** Nothing is left to guard. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.ref();
      this.#process.stdin?.end();
    });
  }

  #order(order: GuardianOrder): void {
    this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
  }
}
