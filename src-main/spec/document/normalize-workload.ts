/** How the instances of a version run: a program, a container or a stub. */
import { isAbsolute, resolve } from 'node:path';
import type { Version } from '../mesh.ts';
import type { ContainerInput } from '../schema/container.ts';
import type { WorkloadInput } from '../schema/service.ts';
import { normalizeContainer } from './normalize-container.ts';
import { normalizeStub } from './normalize-stub.ts';
import { splitWords } from './words.ts';

/** What a command runs in that is to run in a container and is told of none. */
export const DEFAULT_IMAGE = 'node:22-alpine';

export type RuntimeChoice = 'process' | 'docker';

/** What the rest of the document says of all its services. */
export interface WorkloadContext {
  /** Absolute; relative paths are taken from there. */
  readonly folder: string;
  /** The mesh's name. */
  readonly mesh: string;
  /** How services run that say nothing of it. */
  readonly runtime?: RuntimeChoice | undefined;
  /** The container of commands that have none of their own. */
  readonly container?: ContainerInput | undefined;
}

type Run = Pick<Version, 'runtimes' | 'workload'>;

/** `name`: of the version, as `payments:v2`. What it leaves out is its service's (`defaults`). */
export function normalizeWorkload(
  name: string,
  defaults: WorkloadInput,
  own: WorkloadInput,
  callees: readonly string[],
  context: WorkloadContext,
): Run {
  const isProgram = own.command !== undefined || own.container !== undefined;
  const stub = own.stub ?? (isProgram ? undefined : defaults.stub);
  if (stub) return { workload: { runtime: 'stub', stub: normalizeStub(stub, callees) } };
  const program = {
    command: own.command ?? defaults.command,
    workingFolder: absolute(own.workingFolder ?? defaults.workingFolder ?? '.', context.folder),
    env: texts({ ...defaults.env, ...own.env }),
    container: mergeContainers(defaults.container, own.container),
  };
  const runtimes = waysOf(program);
  const runtime = own.runtime ?? defaults.runtime ?? usual(runtimes, program, context);
  return {
    workload: runtime === 'process' ? processOf(program) : containerOf(name, program, context),
    ...(runtimes.length > 1 && { runtimes }),
  };
}

interface Program {
  readonly command: string | string[] | undefined;
  readonly workingFolder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly container: ContainerInput | undefined;
}

/** A command can run either way; a container in one only. */
function waysOf({ command }: Program): RuntimeChoice[] {
  return command === undefined ? ['docker'] : ['process', 'docker'];
}

/** What the mesh prefers, where it is possible at all. */
function usual(
  ways: readonly RuntimeChoice[],
  { container, command }: Program,
  { runtime }: WorkloadContext,
): RuntimeChoice {
  // Nothing is said of how to run it: the check for a missing command tells.
  if (command === undefined && container === undefined) return 'process';
  if (runtime !== undefined && ways.includes(runtime)) return runtime;
  return container === undefined ? 'process' : 'docker';
}

function processOf({ command, workingFolder, env }: Program): Run['workload'] {
  return { runtime: 'process', command: commandOf(command), workingFolder, env };
}

function containerOf(
  name: string,
  { command, workingFolder, env, container }: Program,
  { folder, mesh, container: usualContainer }: WorkloadContext,
): Run['workload'] {
  const about = { folder, env, builtName: `${mesh}-${name}` };
  if (container) return normalizeContainer(container, about);
  const { mounts = [], ...rest } = usualContainer ?? {};
  const source = { type: 'bind' as const, source: workingFolder, target: workingFolder };
  return normalizeContainer(
    {
      ...(rest.build === undefined && { image: DEFAULT_IMAGE }),
      workingFolder,
      ...rest,
      command: commandOf(command),
      mounts: [{ ...source, readOnly: true }, ...mounts],
    },
    about,
  );
}

/** What a version says of its container lies over what its service says; environments by name. */
function mergeContainers(
  base: ContainerInput | undefined,
  own: ContainerInput | undefined,
): ContainerInput | undefined {
  if (!base || !own) return own ?? base;
  return { ...base, ...own, ...(base.env && own.env && { env: { ...base.env, ...own.env } }) };
}

/** Empty where it is missing or a quote is open; a check says so. */
export function commandOf(command: string | string[] | undefined): string[] {
  if (command === undefined) return [];
  return typeof command === 'string' ? (splitWords(command) ?? []) : command;
}

/** Numbers and switches as they are written. */
function texts(
  values: Readonly<Record<string, string | number | boolean>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

function absolute(path: string, folder: string): string {
  return isAbsolute(path) ? path : resolve(folder, path);
}
