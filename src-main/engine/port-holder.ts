/** Who listens on a port, where that can be known: for the message about a port in use. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** `node (pid 4711)`; undefined where nobody can tell. */
export function portHolder(port: number): string | undefined {
  return process.platform === 'linux' ? fromProc(port) : fromLsof(port);
}

const LISTEN = '0A';

function fromProc(port: number): string | undefined {
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningInodes(file, port));
  const pid = inodes.length > 0 && pids().find((one) => holds(one, inodes));
  if (!pid) return undefined;
  const command = orUndefined(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  return `${command?.split('\0').slice(0, 3).join(' ').trim() ?? 'a process'} (pid ${pid})`;
}

function listeningInodes(file: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = orUndefined(() => readFileSync(file, 'latin1'))?.split('\n') ?? [];
  return lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const matches = fields[1]?.endsWith(wanted) && fields[3] === LISTEN && fields[9];
    return matches ? [`socket:[${matches}]`] : [];
  });
}

function pids(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** Other users' processes cannot be looked into; they are passed over. */
function holds(pid: string, inodes: readonly string[]): boolean {
  const folder = `/proc/${pid}/fd`;
  const fds = orUndefined(() => readdirSync(folder)) ?? [];
  return fds.some((fd) =>
    inodes.includes(orUndefined(() => readlinkSync(`${folder}/${fd}`)) ?? ''),
  );
}

function fromLsof(port: number): string | undefined {
  const text = orUndefined(() =>
    execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' }),
  );
  const pid = text && /^p(\d+)/m.exec(text)?.[1];
  return pid ? `${/^c(.+)/m.exec(text)?.[1] ?? 'a process'} (pid ${pid})` : undefined;
}

/** What cannot be looked at is not known; that is an answer here. */
function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
