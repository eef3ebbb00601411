/** A proxy that can stand where Faultline's two sidecars stand. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Work } from '../work.ts';

/** What every peer is given: what to do, ports to use and certificates to show. */
export interface PeerSetup {
  readonly work: Work;
  /** The caller's side listens here, in plain text. */
  readonly outbound: number;
  /** The callee's side listens here, with mutual TLS. */
  readonly inbound: number;
  readonly service: number;
  /** Free, for a peer that is steered over a port of its own. */
  readonly api: number;
  /** A folder of its own, with `ca.pem`, `web.pem`, `web.key`, `api.pem`, `api.key`. */
  readonly folder: string;
}

export interface Peer {
  readonly name: string;
  /** Its version where it is on this machine; else how to get it. */
  find(): { readonly version: string } | { readonly advice: string };
  can(work: Work): boolean;
  /** Both sides of the hop in one process with one thread. */
  start(setup: PeerSetup): ChildProcess;
}

/**
 * What the program says of itself; undefined where it is not there.
 * @param pattern its first group, or all of it, is the version.
 */
export function versionOf(
  program: string,
  args: readonly string[],
  pattern = /\d+\.\d+(?:\.\d+)?/,
): string | undefined {
  try {
    const text = execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const found = pattern.exec(text);
    return found?.[1] ?? found?.[0] ?? text.split('\n')[0];
  } catch {
    // Not installed: that is what was asked.
    return undefined;
  }
}

export function launch(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves when something accepts connections on the port. */
export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const accepted = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (accepted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing listens on port ${port}`);
}
