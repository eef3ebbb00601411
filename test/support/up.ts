/** A mesh as a person runs it: the built command, as a process. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

/** The first line of `up --json`. */
export interface UpLine {
  readonly gateway: {
    readonly url: string;
    /** Where its TLS ends; absent: nowhere. */
    readonly tls?: string;
    readonly tcp: readonly { readonly name: string; readonly port: number }[];
  };
  /** Ports of this machine that lead to services. */
  readonly published: readonly {
    readonly service: string;
    readonly host: string;
    readonly port: number;
  }[];
  readonly app: { readonly url: string };
  readonly trustBundle: string;
  readonly services: readonly {
    readonly name: string;
    readonly instances: readonly {
      readonly version: string;
      readonly pid: number;
      readonly inbound: string;
      readonly spiffeId: string;
    }[];
  }[];
}

export interface RunningMesh {
  /** The document that runs; may be written to. */
  readonly file: string;
  readonly up: UpLine;
  /** Of the engine. */
  readonly pid: number;
  /** The lines after the first. */
  readonly events: Record<string, unknown>[];
  /** What it said on stderr. */
  talk(): string;
  close(): Promise<void>;
}

/** A document in a folder of its own. */
export interface MeshCopy {
  readonly folder: string;
  readonly file: string;
  close(): Promise<void>;
}

/**
 * Runs `faultline up --json`. Resolves when every instance is ready; the folder goes with it.
 * @param more in its environment
 * @throws Error with what the command said, where it ends before
 */
export async function runUp(
  { folder, file, close: remove }: MeshCopy,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningMesh> {
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state'), ...more };
  const child = spawn(process.execPath, [CLI, 'up', '--json', file], { env });
  let talk = '';
  child.stderr.setEncoding('utf8').on('data', (said: string) => (talk += said));
  const close = async (): Promise<void> => {
    await end(child);
    await remove();
  };
  try {
    const lines = createInterface({ input: child.stdout });
    const events: Record<string, unknown>[] = [];
    const first = await firstLine(child, lines, () => talk);
    lines.on('line', (line) => events.push(JSON.parse(line) as Record<string, unknown>));
    return {
      file,
      up: JSON.parse(first) as UpLine,
      pid: child.pid ?? 0,
      events,
      talk: () => talk,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function firstLine(
  child: ChildProcessWithoutNullStreams,
  lines: ReturnType<typeof createInterface>,
  talk: () => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`"up" ended with ${code}: ${talk()}`)));
  });
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
