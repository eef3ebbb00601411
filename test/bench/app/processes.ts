/** Processor time of the browser's processes and of one thread, from /proc. */
import { readFileSync, readdirSync } from 'node:fs';
import { cpuSeconds } from '../cpu.ts';

/** Seconds of processor time: of the pages themselves, and of all that draws them. */
export interface BrowserTime {
  readonly page: number;
  readonly drawing: number;
}

/** Of the browsers that this process has started. */
export function browserSeconds(): BrowserTime {
  const found = descendants(process.pid).map((pid) => ({ kind: kindOf(pid), pid }));
  const of = (kind: string): number =>
    found.filter((one) => one.kind === kind).reduce((sum, { pid }) => sum + secondsOf(pid), 0);
  return { page: of('renderer'), drawing: of('gpu-process') };
}

/** Of the thread that a program begins with. */
export function mainThreadSeconds(pid: number): number {
  return ticksIn(`/proc/${pid}/task/${pid}/stat`);
}

function ticksIn(file: string): number {
  const stat = readFileSync(file, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const parent = parentOf(Number(name));
    if (parent !== undefined) parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  for (const next = [pid]; next.length > 0;) {
    const children = parents.get(next.shift() ?? 0) ?? [];
    found.push(...children);
    next.push(...children);
  }
  return found;
}

/** Undefined where it has ended meanwhile. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

function kindOf(pid: number): string {
  try {
    return /--type=([a-z-]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))?.[1] ?? '';
  } catch {
    return ''; // It has ended meanwhile.
  }
}

function secondsOf(pid: number): number {
  try {
    return cpuSeconds(pid);
  } catch {
    return 0; // It has ended meanwhile.
  }
}
