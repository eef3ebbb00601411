/** What engines that crashed left behind: found for `doctor`, removed by the next engine. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLeftover, readRun, removeLeftover, stateFolder } from './run-record.ts';
import type { Leftover } from './run-record.ts';

function records(): string[] {
  const folder = join(stateFolder(), 'run');
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Processes that belong to no living engine. */
export function findLeftovers(): Leftover[] {
  return records()
    .map(readLeftover)
    .filter((one) => one !== undefined && one.pids.length > 0) as Leftover[];
}

/** Faultlines that run a mesh's file, by their process ids. */
export function findRunning(meshFile: string): number[] {
  return records().flatMap((path) => {
    const run = readRun(path);
    return run.isRunning && run.meshFile === meshFile ? [run.pid] : [];
  });
}

/** Ends them; returns what there was. */
export function cleanUpLeftovers(): Leftover[] {
  const found: Leftover[] = [];
  for (const path of records()) {
    const leftover = readLeftover(path);
    if (!leftover) continue;
    removeLeftover(path, leftover);
    if (leftover.pids.length > 0) found.push(leftover);
  }
  return found;
}
