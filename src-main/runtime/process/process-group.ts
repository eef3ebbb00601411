/** Signals to whole process groups, so that a program's own children go with it. */
import { spawnSync } from 'node:child_process';

/** Sends the signal to the group; false where there is no such group any more. */
export function endGroup(group: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  if (process.platform === 'win32') return endTree(group, signal);
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Windows has no process groups; `taskkill` knows the tree. */
function endTree(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  const force = signal === 'SIGKILL' ? ['/F'] : [];
  return spawnSync('taskkill', ['/PID', String(pid), '/T', ...force]).status === 0;
}
