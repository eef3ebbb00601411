/** What runs, told by the records that engines keep in their state folder. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface RunRecord {
  readonly engine: { readonly pid: number };
  readonly groups: readonly { readonly pid: number }[];
}

/** The engines whose state is in `stateHome` (XDG_STATE_HOME), and all that they have started. */
export function recordedPids(stateHome: string): number[] {
  const folder = join(stateHome, 'faultline', 'run');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const { engine, groups } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as RunRecord;
    return [engine, ...groups].map(({ pid }) => pid);
  });
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
