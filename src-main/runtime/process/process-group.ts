/** Signals to whole process groups, so that a program's own children go with it. */
import { spawnSync } from 'node:child_process';

/** Sends the signal to the group; false where there is no such group any more. */
export function endGroup(group: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  if (process.platform === 'win32') return endTree(group, signal);
  return sendGroup(group, signal);
}

/** As `endGroup`, with signals that need not end it; false also on Windows, which has none of them. */
export function signalGroup(group: number, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): boolean {
  if (signal === 'SIGKILL') return endGroup(group, signal);
  return process.platform !== 'win32' && sendGroup(group, signal);
}

function sendGroup(group: number, signal: NodeJS.Signals): boolean {
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
