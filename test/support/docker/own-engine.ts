/** A Docker engine of a test's own, which it may kill: beside the machine's, with nothing of it. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';

export class OwnEngine {
  readonly folder = mkdtempSync(join(tmpdir(), 'faultline-engine-'));
  #daemon: ChildProcess | undefined;

  /** `dataMegabytes`: its disk has no more. */
  constructor(dataMegabytes?: number) {
    if (dataMegabytes !== undefined) {
      mkdirSync(join(this.folder, 'data'));
      const size = `size=${dataMegabytes}m`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', join(this.folder, 'data')]);
    }
  }

  get socket(): string {
    return join(this.folder, 'docker.sock');
  }

  get host(): string {
    return `unix://${this.socket}`;
  }

  /** Starts the daemon; resolves when it answers. */
  async start(): Promise<void> {
    const at = (name: string): string => join(this.folder, name);
    // What a killed one leaves of its containerd keeps Docker 20.10 from starting another one.
    for (const left of ['pid', 'exec/containerd'])
      rmSync(at(left), { recursive: true, force: true });
    // In a network of its own: two engines in one would take each other's bridge away.
    this.#daemon = spawn(
      'unshare',
      [
        ...['--net', 'dockerd'],
        ...['-H', this.host, '--data-root', at('data'), '--exec-root', at('exec')],
        ...['--pidfile', at('pid'), '--bridge', 'none', '--iptables=false', '--ip-masq=false'],
      ],
      { stdio: 'ignore' },
    );
    await eventually(() => void this.docker('version', '--format', '{{.Server.Version}}'), {
      within: 20_000,
      every: 100,
    });
  }

  /** As a crash does: its containerd ends with it, and its containers are ended by the next start. */
  async kill(): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    if (!daemon?.pid) return;
    const gone = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await gone;
  }

  /** Ends gently, with all containers. */
  async stop(): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    if (!daemon) return;
    const gone = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await gone;
  }

  async close(): Promise<void> {
    await this.stop();
    for (const pid of processesOf(this.folder)) process.kill(pid, 'SIGKILL');
    for (const name of mounts(this.folder)) execFileSync('umount', ['-l', name]);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** What `docker` says, asked of this engine. @throws where it says an error */
  docker(...args: string[]): string {
    return execFileSync('docker', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DOCKER_HOST: this.host },
    });
  }
}

/** What is mounted below a folder, the innermost first. */
function mounts(folder: string): string[] {
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}

/** What outlives an engine that was killed: the shims of its containers. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(`${folder}/`))
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
