/**
 * Lets a running program have less memory than it asks for, without rights: the soft limit of its data
 * (RLIMIT_DATA, Linux counts all private writable memory to it) is lowered by `prlimit` of util-linux.
 * What is over it fails as it does where no memory is left: a program gets no more, and most then end.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import type { Bytes } from '../../base/units.ts';

/** Why it cannot be done on this machine; undefined: it can. */
export function whyNoMemoryLimit(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux limits the memory of a program that runs';
  const { error } = spawnSync('prlimit', ['--version'], { stdio: 'ignore' });
  return error && 'it needs prlimit: install util-linux';
}

/** What the largest program of the group holds; undefined: there is none. */
export function memoryOf(group: number): Bytes | undefined {
  const sizes = pidsOf(group).flatMap((pid) => dataOf(pid) ?? []);
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

/** Of each program of the group, and of those that they start. `limit`: undefined: as before. */
export function limitMemory(group: number, limit: Bytes | undefined): void {
  for (const pid of pidsOf(group)) {
    const soft = limit ?? hardLimitOf(pid);
    // One that has ended meanwhile needs no limit.
    if (soft !== undefined) prlimit(pid, `--data=${soft}:`);
  }
}

function hardLimitOf(pid: number): string | undefined {
  const text = prlimit(pid, '--data', '--output=HARD', '--noheadings', '--raw').trim();
  return text === '' ? undefined : text;
}

function prlimit(pid: number, ...args: readonly string[]): string {
  const { stdout } = spawnSync('prlimit', [`--pid=${pid}`, ...args], { encoding: 'utf8' });
  return stdout;
}

function pidsOf(group: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => groupOf(pid) === group);
}

/** As in proc(5): field 5, counted behind the program's name, which is in brackets. */
function groupOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined
    ? undefined
    : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

function dataOf(pid: number): Bytes | undefined {
  const found = /^VmData:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '');
  return found ? Number(found[1]) * 1024 : undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // The program has ended meanwhile.
    return undefined;
  }
}
