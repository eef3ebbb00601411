/** The engine's verbs for one workload's container: each a call or two, with errors in words. */
import type Docker from 'dockerode';
import type { Container, ContainerCreateOptions } from 'dockerode';
import type { ContainerFile } from '../../spec/mesh.ts';
import { removeContainer } from './clean-up.ts';
import type { ContainerExit } from './exit.ts';
import { putFiles } from './files.ts';

/** What is known of a container that was started. */
export interface Started {
  /** In the engine's machine, which need not be this one. */
  readonly pid: number;
  /** Its output from then on is of this life: the engine's clock, as it takes it. */
  readonly since: string;
  readonly hasHealthcheck: boolean;
}

/** Creates the container, and puts its files into it. @throws Error in words */
export async function createWorkload(
  docker: Docker,
  options: ContainerCreateOptions,
  files: readonly ContainerFile[],
): Promise<Container> {
  const container = await createAnew(docker, options);
  try {
    await putFiles(container, files);
    return container;
  } catch (error) {
    await removeContainer(docker, container.id);
    throw new Error(explainEngine(error as Error), { cause: error });
  }
}

/** What has the name already is what an earlier life of it has left. */
async function createAnew(docker: Docker, options: ContainerCreateOptions): Promise<Container> {
  try {
    return await docker.createContainer(options);
  } catch (error) {
    if (statusOf(error) !== 409 || options.name === undefined) {
      throw new Error(explainEngine(error as Error), { cause: error });
    }
    await removeContainer(docker, options.name);
    return docker.createContainer(options);
  }
}

/** @throws Error in words: the command, a mount, a port that cannot be had */
export async function startWorkload(container: Container): Promise<Started> {
  try {
    await container.start();
  } catch (error) {
    // 304: it runs already.
    if (statusOf(error) !== 304) throw new Error(explainEngine(error as Error), { cause: error });
  }
  return inspectStarted(container);
}

export async function inspectStarted(container: Container): Promise<Started> {
  const { State } = await container.inspect();
  const since = secondsOf(State.StartedAt);
  return { pid: State.Pid, since, hasHealthcheck: State.Health !== undefined };
}

/**
 * When it ended last, in seconds of the engine's clock. What it says in its next life comes after: not
 * always after the time at which the engine says that it was started.
 */
export async function endOf(container: Container): Promise<string> {
  const { State } = await container.inspect();
  return secondsOf(State.FinishedAt);
}

/** `2026-11-25T14:00:00.123456789Z` to what the API takes: seconds with nanoseconds. Pure. */
export function secondsOf(time: string): string {
  const nanos = /\.(\d+)/.exec(time)?.[1] ?? '0';
  const seconds = Math.max(0, Math.floor(Date.parse(time) / 1000));
  return `${seconds}.${nanos.padEnd(9, '0').slice(0, 9)}`;
}

/** Resolves when it has ended, with how. @throws Error where the engine has gone away meanwhile */
export async function exitOf(container: Container): Promise<ContainerExit> {
  const { StatusCode } = (await container.wait()) as { StatusCode: number };
  const { State } = await container.inspect();
  return {
    code: State.ExitCode ?? StatusCode,
    isOutOfMemory: State.OOMKilled,
    ...(State.Error !== '' && { error: State.Error }),
  };
}

/** Health as the engine's own check has it: `starting`, `healthy`, `unhealthy`, and what it said last. */
export async function healthOf(
  container: Container,
): Promise<{ readonly status: string; readonly said: string } | undefined> {
  const { State } = await container.inspect();
  if (!State.Health) return undefined;
  const { Status, Log } = State.Health;
  const last = (Log as readonly { Output?: string }[] | undefined)?.at(-1);
  return { status: Status, said: (last?.Output ?? '').trim() };
}

/** `grace`: whole seconds from the stop signal to SIGKILL. Fine where it has ended or is gone. */
export async function stopWorkload(container: Container, grace: number): Promise<void> {
  try {
    await container.stop({ t: grace });
  } catch (error) {
    const status = statusOf(error);
    if (status !== 304 && status !== 404) throw error;
  }
}

export function isGone(error: unknown): boolean {
  return statusOf(error) === 404;
}

function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}

/** What the engine said, without the library's and the engine's wrapping, with advice. Pure. */
export function explainEngine(error: Error): string {
  const { json, message } = error as Error & { json?: { message?: string } };
  const said = (json?.message ?? message).replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
  if (/no space left/i.test(said)) {
    return 'the engine\'s disk is full: make room with "docker system prune"';
  }
  const missing = /exec: "?([^":]+)"?:.*(?:not found|no such file)/.exec(said);
  if (missing) return `its command "${missing[1]}" was not found in the image`;
  const folder = /bind source path does not exist: (\S+)/.exec(said);
  if (folder) return `${folder[1]}, which is to be mounted, does not exist`;
  return said;
}
