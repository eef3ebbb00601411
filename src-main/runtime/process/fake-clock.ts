/**
 * A clock of a program's own, without rights: libfaketime, which is loaded before the C library and
 * reads from a file by how much the time is off. So it works for programs that ask the C library what
 * time it is: Node.js, Python, Java, Ruby; not for those that are linked statically, as Go's are.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Milliseconds } from '../../base/units.ts';
import { isRunning } from './is-running.ts';
import { stateFolder } from './run-record.ts';

/** Where packages of Linux put it. */
const FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/local/lib'];
const LIBRARY = join('faketime', 'libfaketimeMT.so.1');

/** The library; undefined: it is not on this machine. */
export function findFaketime(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const folders = FOLDERS.flatMap((folder) => [
    folder,
    // Debian's: one for each kind of processor.
    ...(existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => name.endsWith('-linux-gnu') || name.endsWith('-linux-gnueabihf'))
      .map((name) => join(folder, name)),
  ]);
  return folders.map((folder) => join(folder, LIBRARY)).find((file) => existsSync(file));
}

/** The clocks of all instances of one engine. */
export class FakeClocks {
  readonly #folder = join(clocksFolder(), String(process.pid));
  #isOpen = false;

  /** Sets how much an instance's time is off; it knows within a second. */
  set(id: string, offset: Milliseconds): void {
    if (!this.#isOpen) {
      removeLeftClocks();
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      this.#isOpen = true;
    }
    const seconds = offset / 1000;
    writeFileSync(this.#fileOf(id), `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  /** What an instance is started with, so that its clock may be set. */
  env(id: string, library: string): Record<string, string> {
    if (!existsSync(this.#fileOf(id))) this.set(id, 0);
    const before = process.env['LD_PRELOAD'];
    return {
      LD_PRELOAD: before === undefined ? library : `${library}:${before}`,
      FAKETIME_TIMESTAMP_FILE: this.#fileOf(id),
      // In seconds: how often the file is read again.
      FAKETIME_CACHE_DURATION: '1',
      // Timers and durations stay true, and so do the times of files.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #fileOf(id: string): string {
    return join(this.#folder, id);
  }
}

/** What the library leaves behind of a program that was killed. */
export function removeFaketimeTraces(pid: number): void {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`]) {
    rmSync(join('/dev/shm', name), { force: true });
  }
}

function clocksFolder(): string {
  return join(stateFolder(), 'clocks');
}

/** Of engines that crashed. */
function removeLeftClocks(): void {
  if (!existsSync(clocksFolder())) return;
  for (const name of readdirSync(clocksFolder())) {
    if (!isRunning(Number(name))) rmSync(join(clocksFolder(), name), { recursive: true });
  }
}
