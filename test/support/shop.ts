/** The shop as a person runs it: the built command, as a process, on a copy of its document. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(ROOT, 'out/main/cli.js');

/** The first line of `up --json`. */
export interface UpLine {
  readonly gateway: { readonly url: string };
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

export interface Shop {
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

export interface ShopCopy {
  readonly folder: string;
  readonly file: string;
  close(): Promise<void>;
}

/** A copy of the shop with a gateway on a free port and no visitors; `edit` changes its document. */
export async function copyShop(edit = (text: string): string => text): Promise<ShopCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-shop-'));
  await cp(join(ROOT, 'fixtures/shop'), folder, { recursive: true });
  const file = join(folder, 'faultline.yaml');
  const text = await readFile(file, 'utf8');
  const quiet = text.replace('port: 8080', 'port: 0').replace('visitors:', '$&\n  enabled: false');
  await writeFile(file, edit(quiet));
  return { folder, file, close: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Starts the shop with a gateway on a free port and no visitors. `edit` changes the document's text
 * before the start. Resolves when every instance is ready.
 * @throws Error with what the command said, where it ends before
 */
export async function startShop(edit = (text: string): string => text): Promise<Shop> {
  const { folder, file, close: remove } = await copyShop(edit);
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
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
