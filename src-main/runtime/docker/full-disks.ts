/**
 * Fills the tmpfs of a container, and empties them again. The workload's image may have no program for
 * it, so a container of the sidecar's image does it, which sees the workload's processes and with them
 * its files (`/proc/1/root`).
 */
import type Docker from 'dockerode';
import { removeContainer } from './clean-up.ts';

export interface DiskJob {
  /** Of the workload's container. */
  readonly container: string;
  /** An image with Node. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly folders: readonly string[];
  /** Else they are emptied. */
  readonly isFull: boolean;
}

const FILE = '.faultline-full';

/** Writes ever smaller pieces until there is room for none; the argument says what is to be done. */
const SCRIPT = `
const fs = require('node:fs');
const { isFull, folders } = JSON.parse(process.argv[1]);
for (const folder of folders) {
  const path = '/proc/1/root' + folder + '/${FILE}';
  if (!isFull) { fs.rmSync(path, { force: true }); continue; }
  const file = fs.openSync(path, 'w', 0o600);
  for (let size = 1 << 20; size >= 1; size >>= 4) {
    const piece = Buffer.alloc(size);
    try { for (;;) if (fs.writeSync(file, piece) < size) break; }
    catch (error) { if (error.code !== 'ENOSPC') throw error; }
  }
  fs.closeSync(file);
}`;

/** @throws Error that says why it cannot be done */
export async function fillOrEmpty(docker: Docker, job: DiskJob): Promise<void> {
  const { container, image, labels, folders, isFull } = job;
  const helper = await docker.createContainer({
    Image: image,
    Entrypoint: ['node', '-e', SCRIPT],
    Cmd: [JSON.stringify({ isFull, folders })],
    User: '0:0',
    Labels: { ...labels },
    HostConfig: {
      PidMode: `container:${container}`,
      NetworkMode: 'none',
      // To look at the files of another program.
      CapAdd: ['SYS_PTRACE'],
    },
  });
  try {
    await helper.start();
    const { StatusCode } = (await helper.wait()) as { StatusCode: number };
    if (StatusCode === 0) return;
    const said = await helper.logs({ stdout: true, stderr: true, tail: 20 });
    throw new Error(reasonOf(said.toString()));
  } finally {
    await removeContainer(docker, helper.id);
  }
}

/** The line of Node's report that says what was wrong. */
function reasonOf(said: string): string {
  return /Error: [^\n]*/.exec(said)?.[0] ?? said.trim();
}
