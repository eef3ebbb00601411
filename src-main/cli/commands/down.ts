/** `faultline down`: ends a mesh that runs, and removes what crashed runs have left. */
import { setTimeout as wait } from 'node:timers/promises';
import type Docker from 'dockerode';
import {
  findContainerLeftovers,
  findEngines,
  findVolumes,
  ofEnded,
  ofMesh,
  removeLeftover,
  removeVolumes,
} from '../../runtime/docker/clean-up.ts';
import { connectEngine } from '../../runtime/docker/connect.ts';
import { EngineUnavailable } from '../../runtime/docker/unavailable.ts';
import { isRunning } from '../../runtime/process/is-running.ts';
import { cleanUpLeftovers, findRunning } from '../../runtime/process/leftovers.ts';
import { CommandFailed, ExitCode } from '../exit-code.ts';
import { meshPath } from '../mesh-path.ts';
import { print, say } from '../output.ts';

export interface DownOptions {
  /** The mesh's volumes too, with all that is in them. */
  readonly volumes?: boolean;
}

/** A mesh that is told to end has so long, in milliseconds: containers are given their time. */
const PATIENCE = 60_000;
const POLL = 100;

/** `path`: the mesh to end; absent: none, only what crashed runs have left is removed. */
export async function down(path: string | undefined, { volumes }: DownOptions): Promise<void> {
  if (volumes && path === undefined) {
    throw new CommandFailed(ExitCode.USAGE, '--volumes needs to know whose: give the mesh');
  }
  const meshFile = path === undefined ? undefined : meshPath(path);
  const docker = await engineOrNone();
  if (meshFile !== undefined) await endRunning(meshFile, docker);
  const removed = [
    ...removeProcesses(),
    ...(docker ? await removeContainers(docker, meshFile) : []),
  ];
  if (volumes && docker && meshFile !== undefined) {
    const names = await findVolumes(docker, meshFile);
    await removeVolumes(docker, names);
    removed.push(...names.map((name) => `volume ${name}`));
  }
  for (const one of removed) print(`removed ${one}`);
  if (removed.length === 0) print('nothing was left');
}

/** Most machines that have no engine need none. */
async function engineOrNone(): Promise<Docker | undefined> {
  try {
    return (await connectEngine()).docker;
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    if (error.code !== 'not-installed') say(error.message);
    return undefined;
  }
}

/** By whatever it has made: processes or containers. */
async function endRunning(meshFile: string, docker: Docker | undefined): Promise<void> {
  const fromContainers = docker ? await findEngines(docker, meshFile) : [];
  const pids = [...new Set([...findRunning(meshFile), ...fromContainers])];
  for (const pid of pids) {
    process.kill(pid, 'SIGTERM');
    const end = performance.now() + PATIENCE;
    while (isRunning(pid) && performance.now() < end) await wait(POLL);
    if (isRunning(pid))
      throw new CommandFailed(ExitCode.NOT_STARTED, `process ${pid} does not end`);
    print(`ended ${meshFile} (process ${pid})`);
  }
}

function removeProcesses(): string[] {
  return cleanUpLeftovers().map(({ meshFile, pids }) => `${pids.length} processes of ${meshFile}`);
}

async function removeContainers(docker: Docker, meshFile: string | undefined): Promise<string[]> {
  const own = meshFile === undefined ? undefined : ofMesh(meshFile);
  const found = await findContainerLeftovers(
    docker,
    (labels) => ofEnded(labels) || !!own?.(labels),
  );
  for (const leftover of found) await removeLeftover(docker, leftover);
  return found.map(
    ({ meshFile: file, containers, networks }) =>
      `${containers.length} containers and ${networks.length} networks of ${file}`,
  );
}
