/**
 * What runs, on disk: should engine and guardian both be killed, the next engine finds the processes
 * that were left and ends them. A process is only ever taken for ours when it began when the record
 * says, since ids are used again.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { endGroup } from './process-group.ts';

interface Entry {
  readonly pid: number;
  /** When the process began, as the system tells it. */
  readonly began: string;
}

interface RecordFile {
  readonly meshFile: string;
  /** The engine itself: while it lives, its processes are not left over. */
  readonly engine: Entry;
  readonly groups: readonly Entry[];
}

/** Where Faultline keeps what must outlive a run (XDG Base Directory: state). */
export function stateFolder(): string {
  const base = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  return join(base, 'faultline');
}

/** For what a run keeps on disk of its requests. */
export function historyFolder(): string {
  return join(stateFolder(), 'run');
}

function recordPath(meshFile: string): string {
  const hash = createHash('sha256').update(meshFile).digest('hex').slice(0, 16);
  return join(stateFolder(), 'run', `${hash}-${process.pid}.json`);
}

export class RunRecord {
  readonly #meshFile: string;
  readonly #path: string;
  readonly #engine: Entry = { pid: process.pid, began: beganAt(process.pid) ?? '' };
  readonly #groups = new Map<number, Entry>();
  #pending = false;

  constructor(meshFile: string) {
    this.#meshFile = meshFile;
    this.#path = recordPath(meshFile);
  }

  add(group: number): void {
    this.#groups.set(group, { pid: group, began: beganAt(group) ?? '' });
    this.#writeSoon();
  }

  remove(group: number): void {
    this.#groups.delete(group);
    this.#writeSoon();
  }

  close(): void {
    this.#groups.clear();
    this.#pending = false;
    rmSync(this.#path, { force: true });
  }

  /** Ten instances start at once: one write for all of them. */
  #writeSoon(): void {
    if (this.#pending) return;
    this.#pending = true;
    setImmediate(() => {
      if (!this.#pending) return;
      this.#pending = false;
      this.#write();
    });
  }

  #write(): void {
    const content: RecordFile = {
      meshFile: this.#meshFile,
      engine: this.#engine,
      groups: [...this.#groups.values()],
    };
    mkdirSync(join(stateFolder(), 'run'), { recursive: true, mode: 0o700 });
    writeFileSync(this.#path, JSON.stringify(content), { mode: 0o600 });
  }
}

/** When the process began; undefined where there is none. Only compared, never read. */
export function beganAt(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 22, counted behind the program's name, which may contain anything but is in brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    // No such process: the answer, not an error.
    return undefined;
  }
}

function lives(entry: Entry): boolean {
  return entry.began !== '' && beganAt(entry.pid) === entry.began;
}

export interface Leftover {
  readonly meshFile: string;
  readonly pids: readonly number[];
}

/** Reads one record; what crashed engines left. `undefined`: nothing is left of it. */
export function readLeftover(path: string): Leftover | undefined {
  const record = JSON.parse(readFileSync(path, 'utf8')) as RecordFile;
  if (lives(record.engine)) return undefined;
  const pids = record.groups.filter(lives).map(({ pid }) => pid);
  return { meshFile: record.meshFile, pids };
}

/** Who wrote a record, and whether it still runs. */
export function readRun(path: string): { meshFile: string; pid: number; isRunning: boolean } {
  const { meshFile, engine } = JSON.parse(readFileSync(path, 'utf8')) as RecordFile;
  return { meshFile, pid: engine.pid, isRunning: lives(engine) };
}

/** Ends the processes of a leftover and forgets it. */
export function removeLeftover(path: string, leftover: Leftover): void {
  for (const pid of leftover.pids) endGroup(pid, 'SIGKILL');
  rmSync(path, { force: true });
}
